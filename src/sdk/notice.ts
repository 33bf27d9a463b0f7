import type { BillingNews } from './warnings-answer.ts'
import type { KnownReason, Refusal, Warning } from './wire.ts'

/** One thing that a person should know, ready to be drawn. */
export type Notice = {
  /** The same as long as it is about the same thing. */
  readonly key: string
  readonly tone: 'warning' | 'blocked'
  readonly title: string
  readonly detail?: string | undefined
  readonly link?: { readonly href: string; readonly label: string } | undefined
}

export type NoticeWords = {
  readonly titles: Readonly<Partial<Record<string, string>>>
  /** `date` is already written in the reader's language. */
  readonly until: (service: string, date: string) => string
  readonly resets: (date: string) => string
  /** What the app is called where it has not said. */
  readonly service: string
  readonly fix: string
  readonly later: string
}

export const englishWords: NoticeWords = {
  titles: {
    account_frozen: 'This account is on hold',
    payment_processing: 'A payment is on its way',
    authentication_required: 'Your bank wants you to confirm a payment',
    subscription_incomplete: 'The first payment is not finished',
    card_declined: 'The last payment was declined',
    card_expired: 'The card on file expires before the next payment',
    invoice_overdue: 'An invoice is overdue',
    subscription_paused: 'The subscription is paused',
    subscription_canceled: 'The subscription has ended',
    trial_ended: 'The trial has ended',
    no_payment_method: 'There is no card for the next payment',
    billing_details_missing: 'The billing details are incomplete',
    spend_cap_reached: 'The spending limit is reached',
    credits_exhausted: 'The credits are used up',
    usage_limit_exceeded: 'What the plan includes is used up',
    seat_limit: 'All seats are taken',
    plan_lacks_feature: 'The plan does not include this',
    upstream_billing: 'A supplier of this service is interrupted',
    rate_limited: 'Too many requests at once',
    unknown: 'A payment needs attention',
  } satisfies Record<KnownReason, string>,
  until: (service, date) => `${service} works until ${date}.`,
  resets: (date) => `It starts again on ${date}.`,
  service: 'This service',
  fix: 'Fix it now',
  later: 'Remind me tomorrow',
}

/** Of these, the date of a warning is when they pass by themselves; of all others it is when they begin to block. */
const passing: ReadonlySet<string> = new Set([
  'usage_limit_exceeded',
  'credits_exhausted',
  'spend_cap_reached',
  'rate_limited',
] satisfies KnownReason[])

export type NoticeSetting = {
  /** What the app is called: "Northwind Maps". */
  readonly service?: string | undefined
  /** BCP 47; what is not translated by `words` stays English. */
  readonly locale?: string | undefined
  readonly words?: Partial<NoticeWords> | undefined
  /** Unix milliseconds. */
  readonly now: number
}

/** What to draw: the refusal, or the warning that comes first; undefined where all is well. */
export function noticeOf({ problem, warnings = [] }: Partial<BillingNews>, setting: NoticeSetting): Notice | undefined {
  const words = { ...englishWords, ...setting.words }
  if (problem) return blocked(problem)
  const [first] = warnings.toSorted((a, b) => (a.at ?? '9').localeCompare(b.at ?? '9'))
  return first && warned(first, words, setting)
}

function blocked({ reason, title, detail, fix }: Refusal): Notice {
  const link = { href: fix.app_url ?? fix.url, label: fix.label }
  return { key: reason, tone: 'blocked', title, detail, link }
}

function warned({ reason, at, title, fix }: Warning, words: NoticeWords, setting: NoticeSetting): Notice {
  const date = at === undefined ? undefined : dateIn(at, setting)
  const told = words.titles[reason] ?? title ?? words.titles['unknown'] ?? ''
  const until = (day: string) =>
    passing.has(reason) ? words.resets(day) : words.until(setting.service ?? words.service, day)
  return {
    key: `${reason} ${at ?? ''}`,
    tone: 'warning',
    title: setting.words ? told : (title ?? told),
    detail: date === undefined ? undefined : until(date),
    link: fix && { href: fix.url, label: setting.words?.fix ?? fix.label },
  }
}

const DAY = 86_400_000

/** "Friday" within a week, otherwise "12 December", with the year where it is another one. */
function dateIn(at: string, { locale, words, now }: NoticeSetting): string | undefined {
  const when = Date.parse(at)
  if (Number.isNaN(when)) return undefined
  const near = when - now < 6 * DAY && when > now
  const year = new Date(when).getFullYear() === new Date(now).getFullYear() ? {} : ({ year: 'numeric' } as const)
  const form = near ? ({ weekday: 'long' } as const) : ({ day: 'numeric', month: 'long', ...year } as const)
  // A sentence is in one language: ours, until it has been translated.
  const spoken = words || locale?.startsWith('en') ? locale : 'en'
  return new Intl.DateTimeFormat(spoken, form).format(when)
}
