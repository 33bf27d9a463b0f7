import type { EntryOf } from '#contract/desk-timeline-entry.ts'
import { MoneySchema } from '#contract/money.ts'
import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import type { Teller } from './timeline-entries.ts'

const text = z.string()
const maybe = text.nullish().transform((value) => value ?? undefined)

const Letter = z.object({
  id: text,
  purpose: text,
  subject_id: text,
  recipient: text,
  state: z.enum(['queued', 'sent', 'failed']),
  tries: z.number(),
  error: maybe,
})

export const letter: Teller = (data, { people, opened }) => {
  const { id, purpose, subject_id: subject, recipient, state, tries, error } = Letter.parse(data)
  const to = people.address(recipient)
  const seen = opened.get(subject)
  return {
    what: 'letter',
    mail: id,
    purpose,
    to,
    state,
    tries,
    moving: state === 'queued' || (seen === undefined && ['ask', 'guest'].includes(purpose)),
    ...compact({ error: error === undefined ? undefined : people.hushed(error), opened: seen }),
  }
}

const Ask = z.object({ asker: text, asked: text, check_id: maybe })
export const ask =
  (how: EntryOf<'ask'>['how']): Teller =>
  (data, { people }) => {
    const { asker, asked, check_id: check } = Ask.parse(data)
    return { what: 'ask', how, asker: people.named(asker), asked: people.named(asked), ...compact({ check }) }
  }

const GuestLink = z.object({ id: text, maker: text, email: maybe, total: MoneySchema })
export const guestLink =
  (how: EntryOf<'guest-link'>['how']): Teller =>
  (data, { people }) => {
    const { id, maker, email, total } = GuestLink.parse(data)
    const to = email === undefined ? undefined : people.address(email)
    return { what: 'guest-link', how, link: id, maker: people.named(maker), total, ...compact({ to }) }
  }
