import type { EntryOf, TimelineWhat } from '#contract/desk-timeline-entry.ts'
import { OutcomeSchema, PlanSchema } from '#contract/deed.ts'
import { AppEventSchema, EventStateSchema } from '#contract/event.ts'
import { MoneySchema } from '#contract/money.ts'
import { SessionRoleSchema } from '#contract/account.ts'
import { StaffDeedSchema, StaffRoleSchema } from '#contract/staff.ts'
import { compact } from '#diagnosis/compact.ts'
import { parseReason } from '#diagnosis/reason.ts'
import type { Happening } from '#server/store/timeline.ts'
import type { SourceName } from '#server/store/timeline-sources.ts'
import { z } from 'zod'
import { ask, guestLink, letter } from './timeline-letters.ts'
import type { People } from './timeline-people.ts'
import { stripeEntry, SaidSchema, CardSchema, type StripeState } from './timeline-stripe.ts'

type Delivery = {
  readonly at: number
  readonly status: number | null
  readonly error: string | null
  readonly excerpt: string | null
  readonly milliseconds: number
}

/** What belongs to the happenings of a page and stands in other tables. */
export type Beside = {
  readonly people: People
  readonly stripe: ReadonlyMap<string, StripeState>
  readonly opened: ReadonlyMap<string, number>
  readonly deliveries: ReadonlyMap<string, readonly Delivery[]>
}

/** An entry but for what all have in common. */
export type Telling = {
  [W in TimelineWhat]: Omit<EntryOf<W>, 'id' | 'at' | 'kind' | 'moving'> & { readonly moving?: boolean }
}[TimelineWhat]

export type Teller = (data: Happening['data'], beside: Beside) => Telling

const text = z.string()
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)
const instant = z.coerce.number()

const Check = z.object({
  id: text,
  reported: text.transform(parseReason),
  actor: maybe(text),
  refused: z.boolean(),
  reasons: z.array(text.transform(parseReason)),
  told: maybe(text.transform(parseReason)),
  feature: maybe(text),
  meter: maybe(text),
  quantity: maybe(z.number()),
  api_key: maybe(text),
  audience: maybe(text),
  seen: maybe(instant),
  mended: maybe(instant),
  resolved: maybe(instant),
  created: instant,
})

const refused: Teller = (data, { people }) => {
  const { id, reported, actor, refused, reasons, audience, api_key: apiKey, created: _, ...more } = Check.parse(data)
  return {
    what: 'refused',
    check: id,
    reported,
    refused,
    reasons,
    visitor: audience === 'visitor',
    ...compact({ ...more, apiKey, actor: people.person(actor) }),
  }
}

const settled =
  (how: EntryOf<'settled'>['how']): Teller =>
  (data, { people }) => {
    const { id, reported, actor, created } = Check.parse(data)
    return { what: 'settled', how, check: id, reported, since: created, ...compact({ actor: people.person(actor) }) }
  }

const Visit = z.object({
  member: text,
  role: SessionRoleSchema,
  session: text,
  how: maybe(z.enum(['app', 'email', 'letter', 'link'])),
  screen: maybe(text),
  check_id: maybe(text),
})

const arrived: Teller = (data, { people }) => {
  const { member, role, session, how, screen, check_id: check } = Visit.parse(data)
  const who = role === 'guest' ? { guest: member } : compact({ person: people.person(member) })
  if (how !== undefined) return { what: 'arrived', role, session, how, ...who }
  return { what: 'screen', role, session, screen: screen ?? '', ...who, ...compact({ check }) }
}

const Attempt = z.object({
  deed: text,
  phase: z.enum(['calling', 'confirming', 'known', 'unknown']),
  outcome: maybe(OutcomeSchema.or(z.object({ kind: z.literal('confirm') }))),
  said: maybe(SaidSchema),
  card: maybe(CardSchema),
  plan: maybe(PlanSchema).catch(undefined),
  limit: maybe(MoneySchema).catch(undefined),
  member: maybe(text),
  guest_link: maybe(text),
  check_id: maybe(text),
  updated: instant,
})

const fix: Teller = (data, { people }) => {
  const { deed, phase, outcome, said, card, plan, limit, member, updated, ...more } = Attempt.parse(data)
  const kind = phase === 'calling' || !outcome ? 'trying' : outcome.kind === 'confirm' ? 'confirming' : outcome.kind
  return {
    what: 'fix',
    deed,
    outcome: kind,
    moving: ['trying', 'confirming', 'processing', 'unknown'].includes(kind),
    invoices: plan?.invoices ?? [],
    updated,
    ...(outcome?.kind === 'declined' && { decline: outcome.decline, sameCardCanWork: outcome.sameCardCanWork }),
    ...compact({
      said: kind === 'declined' ? said : undefined,
      card: card && Object.keys(card).length > 0 ? card : undefined,
      amount: plan?.total ?? limit,
      price: plan?.price,
      quantity: plan?.quantity,
      check: more.check_id,
      guest: more.guest_link,
      person: people.person(member),
    }),
  }
}

const Threshold = z.object({ meter: text, period: instant, threshold: z.number() })
const Credits = z.object({
  kind: text,
  amount: text,
  pack: maybe(text),
  invoice: maybe(text),
  expires: maybe(instant),
})
const Told = z.object({
  id: text,
  body: AppEventSchema,
  state: EventStateSchema,
  tries: z.number(),
  due: instant,
  error: maybe(text),
})

const told: Teller = (row, { people, deliveries }) => {
  const { id, body, state, tries, due } = Told.parse(row)
  const { type, data } = body
  return {
    what: 'told',
    event: id,
    type,
    state,
    tries,
    sequence: data.sequence,
    moving: state === 'queued',
    ...(state === 'queued' && { nextTry: due }),
    ...('check' in data && { check: data.check }),
    ...('reasons' in data && { reasons: { before: [...data.reasons.before], after: [...data.reasons.after] } }),
    deliveries: (deliveries.get(id) ?? []).map(({ at, status, error, excerpt, milliseconds }) => ({
      at,
      milliseconds,
      ...compact({ status, error, excerpt: excerpt === null ? undefined : people.hushed(excerpt) }),
    })),
  }
}

const StaffAct = z.object({
  id: text,
  deed: StaffDeedSchema,
  name: text,
  role: StaffRoleSchema,
  subject: maybe(text),
  reason: maybe(text),
  detail: maybe(z.record(text, z.union([text, z.number(), z.boolean()]))),
})

const staff: Teller = (data) => {
  const { id, deed, name, role, detail, ...more } = StaffAct.parse(data)
  return { what: 'staff', audit: id, deed, name, role, detail: detail ?? {}, ...compact(more) }
}

const stripe: Teller = (data, { stripe }) => stripeEntry(data, stripe)

const tellers = {
  refused,
  resolved: settled('resolved'),
  cancelled: settled('cancelled'),
  returned: settled('returned'),
  arrived,
  fix,
  payment: stripe,
  invoice: stripe,
  subscription: stripe,
  'stripe-other': stripe,
  threshold: (data) => {
    const { meter, period, threshold } = Threshold.parse(data)
    return { what: 'threshold', meter, threshold, since: period }
  },
  credits: (data) => {
    const { kind, amount, ...more } = Credits.parse(data)
    return { what: 'credits', how: kind, amount, ...compact(more) }
  },
  letter,
  asked: ask('asked'),
  'ask-opened': ask('opened'),
  'ask-lifted': ask('lifted'),
  'guest-made': guestLink('made'),
  'guest-opened': guestLink('opened'),
  'guest-used': guestLink('used'),
  'guest-revoked': guestLink('revoked'),
  told,
  staff,
} as const satisfies Record<SourceName, Teller>

/** A happening as this role may read it. */
export function tell({ source, data }: Happening, beside: Beside): Telling {
  return tellers[source](data, beside)
}
