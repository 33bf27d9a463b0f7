import type { EntryOf, TimelineEntry, TimelineWhat } from '#contract/desk-timeline-entry.ts'
import type { DeskPerson } from '#contract/desk-person.ts'
import { format } from '#support/format.ts'
import {
  arrivalWords,
  askWords,
  declineWords,
  eventStates,
  guestWords,
  letterStates,
  letterWords,
  outcomeWords,
  sentenceWords,
  settledWords,
} from '#support/words/timeline.ts'
import type { IconName } from '#ui/icon.tsx'

export type Tone = 'plain' | 'danger' | 'warning' | 'success'

/** What a row says: one sentence, and the figure one looks for. */
export type Sentence = {
  readonly icon: IconName
  readonly tone: Tone
  readonly text: string
  readonly figure?: string
}

/** "card declined": codes are read here, but without their underscores. */
function spaced(code: string): string {
  return code.replaceAll(/[_-]/g, ' ')
}

export function nameOf({ id, name, email }: DeskPerson): string {
  return name?.text ?? email?.text ?? id
}

export function cardOf({ brand, last4 }: { readonly brand?: string; readonly last4?: string }): string | undefined {
  if (brand === undefined && last4 === undefined) return undefined
  return format.face({
    id: '',
    kind: 'card',
    ...(brand !== undefined && { brand }),
    ...(last4 !== undefined && { last4 }),
  })
}

function whoOf({ person, guest }: { readonly person?: DeskPerson; readonly guest?: string }): string {
  if (guest !== undefined) return sentenceWords.guest
  return person ? nameOf(person) : sentenceWords.somebody
}

type Sayings = { readonly [W in TimelineWhat]: (entry: EntryOf<W>) => Sentence }

const fixTones: Readonly<Partial<Record<EntryOf<'fix'>['outcome'], Tone>>> = {
  done: 'success',
  declined: 'danger',
  unknown: 'warning',
  confirming: 'warning',
}

const sayings: Sayings = {
  refused: ({ refused, reported, actor, feature, meter }) => {
    const figure = [feature ?? meter, actor && nameOf(actor)].filter((part) => part !== undefined).join(' · ')
    const text = (refused ? sentenceWords.refused : sentenceWords.sentHere)(spaced(reported))
    return {
      icon: refused ? 'danger' : 'external',
      tone: refused ? 'danger' : 'plain',
      text,
      ...(figure && { figure }),
    }
  },
  settled: ({ how, reported, actor }) => ({
    icon: how === 'returned' ? 'back' : 'success',
    tone: how === 'cancelled' ? 'plain' : 'success',
    text:
      how === 'returned' && actor
        ? `${nameOf(actor)} ${settledWords.returned}`
        : `${spaced(reported)}: ${settledWords[how]}`,
  }),
  arrived: (entry) => ({ icon: 'person', tone: 'plain', text: `${whoOf(entry)} ${arrivalWords[entry.how]}` }),
  screen: (entry) => ({
    icon: 'home',
    tone: 'plain',
    text: sentenceWords.screen(whoOf(entry), entry.screen),
  }),
  fix: (entry) => {
    const { deed, outcome, decline, amount, card } = entry
    const ended = decline === undefined ? outcomeWords[outcome] : `${outcomeWords[outcome]}: ${declineWords[decline]}`
    const figure = [amount && format.money(amount), card && cardOf(card)].filter((part) => part !== undefined)
    return {
      icon: 'card',
      tone: fixTones[outcome] ?? 'plain',
      text: sentenceWords.fix(whoOf(entry), spaced(deed), ended),
      ...(figure.length > 0 && { figure: figure.join(' · ') }),
    }
  },
  stripe: ({ type, number, status, amount, said, error, kind, before }) => {
    const bank = said && (said.decline_code ?? said.code)
    const change = before['status'] === undefined || status === undefined ? status : `${before['status']} → ${status}`
    const about = [number, bank ?? (change && spaced(change))].filter((part) => part !== undefined)
    return {
      icon: kind === 'invoices' ? 'invoice' : kind === 'subscriptions' ? 'plan' : kind === 'payments' ? 'bank' : 'info',
      tone: bank !== undefined || error !== undefined ? 'danger' : 'plain',
      text: [type, ...about].join(' · '),
      ...(amount && { figure: format.money(amount) }),
    }
  },
  threshold: ({ meter, threshold }) => ({
    icon: 'bars',
    tone: threshold >= 100 ? 'warning' : 'plain',
    text: sentenceWords.threshold(meter, `${format.number(threshold)}%`),
  }),
  credits: ({ how, amount, pack }) => ({
    icon: 'bars',
    tone: 'plain',
    text: [`Credits: ${spaced(how)}`, pack].filter((part) => part !== undefined).join(' · '),
    figure: format.number(Number(amount)),
  }),
  letter: ({ purpose, to, state, opened, error }) => ({
    icon: 'info',
    tone: state === 'failed' ? 'danger' : 'plain',
    text: `${letterWords[purpose] ?? spaced(purpose)} to ${to.text}: ${opened === undefined ? letterStates[state] : sentenceWords.opened}`,
    ...(error !== undefined && state === 'failed' && { figure: error }),
  }),
  ask: ({ how, asker, asked }) => ({
    icon: 'person',
    tone: 'plain',
    text:
      how === 'opened'
        ? `${nameOf(asked)} ${askWords.opened} ${nameOf(asker)}`
        : how === 'lifted'
          ? `${nameOf(asked)} ${askWords.lifted} ${nameOf(asker)}`
          : `${nameOf(asker)} ${askWords.asked} ${nameOf(asked)}`,
  }),
  'guest-link': ({ how, maker, to, total }) => ({
    icon: 'external',
    tone: how === 'used' ? 'success' : 'plain',
    text: how === 'made' ? `${nameOf(maker)} ${guestWords.made}${to ? ` for ${to.text}` : ''}` : guestWords[how],
    figure: format.money(total),
  }),
  told: ({ type, state, tries, deliveries }) => {
    const last = deliveries.at(-1)
    const answer = last && `${last.status ?? spaced(last.error ?? '')} · ${format.number(last.milliseconds)} ms`
    return {
      icon: 'external',
      tone: state === 'dead' ? 'danger' : state === 'queued' && tries > 0 ? 'warning' : 'plain',
      text: `${sentenceWords.told(type)}: ${eventStates[state]}`,
      ...(answer !== undefined && { figure: answer }),
    }
  },
  staff: ({ name, deed, reason, detail }) => ({
    icon: 'person',
    tone: 'plain',
    text: [
      `${name}: ${spaced(deed)}`,
      detail['refused'] === undefined ? undefined : sentenceWords.tried,
      reason && `“${reason}”`,
    ]
      .filter((part) => part !== undefined)
      .join(' '),
  }),
}

export function sentenceOf<W extends TimelineWhat>(entry: EntryOf<W>): Sentence
export function sentenceOf(entry: TimelineEntry): Sentence {
  const say = sayings[entry.what] as (entry: TimelineEntry) => Sentence
  return say(entry)
}
