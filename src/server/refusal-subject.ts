import type { Refusal } from '#contract/problem.ts'
import type { Blocker, BlockerOf } from '#diagnosis/diagnosis.ts'
import { compact } from '#diagnosis/compact.ts'
import { SEATS } from '#diagnosis/limits.ts'
import type { Policy } from '#diagnosis/policy.ts'
import type { Fix, Reason } from '#diagnosis/reason.ts'
import { count, day } from './plain.ts'
import { endOf } from './refusal-detail.ts'
import type { CheckRecord } from './store/checks.ts'

/** Whether everything of this account is refused, or only what was asked for: a program parks the one or the other. */
export const scopes = {
  account_frozen: 'account',
  payment_processing: 'account',
  authentication_required: 'account',
  subscription_incomplete: 'account',
  card_declined: 'account',
  card_expired: 'account',
  invoice_overdue: 'account',
  subscription_paused: 'account',
  subscription_canceled: 'account',
  trial_ended: 'account',
  no_payment_method: 'account',
  billing_details_missing: 'account',
  spend_cap_reached: 'subject',
  credits_exhausted: 'subject',
  usage_limit_exceeded: 'subject',
  seat_limit: 'subject',
  plan_lacks_feature: 'subject',
  upstream_billing: 'subject',
  rate_limited: 'subject',
  unknown: 'account',
} as const satisfies Record<Reason, Refusal['scope']>

type Limits = { readonly [R in Reason]?: (blocker: BlockerOf<R>) => number | undefined }

/** How much there is in all, in units of the meter. Of money and credits the blocker's own detail speaks. */
const limits: Limits = {
  usage_limit_exceeded: ({ included }) => included,
  seat_limit: ({ seats }) => seats,
  rate_limited: ({ limit }) => limit,
}

/** What the request was about, as far as it was said or is counted. */
export function subjectOf(
  { meters }: Policy,
  { feature, meter, quantity: requested }: CheckRecord,
  blocker: Blocker | undefined,
  remaining: number | undefined,
): Refusal['subject'] {
  const limitOf = blocker && (limits[blocker.reason] as ((blocker: Blocker) => number | undefined) | undefined)
  const limit = blocker && limitOf?.(blocker)
  const unit = meter === undefined ? undefined : meter === SEATS ? SEATS : meters?.[meter]?.unit
  const subject = compact({ feature, meter, requested, remaining, limit, unit })
  return Object.keys(subject).length > 0 ? subject : undefined
}

/** Remedies that are nothing but waiting: to wait is no other way then. */
const waits: readonly Fix[] = ['wait', 'wait-for-vendor', 'await-payment']

/** Ways on that cost nothing, where there are any. */
export function alternativesTo(
  blocker: Blocker | undefined,
  { remaining, unit }: NonNullable<Refusal['subject']>,
): readonly { label: string }[] {
  if (!blocker) return []
  const end = waits.includes(blocker.fix) ? undefined : endOf(blocker)
  return [
    remaining === undefined ? undefined : `Ask for at most ${count(remaining)}${unit ? ` ${unit}` : ''}`,
    blocker.reason === 'seat_limit' ? 'Free a seat' : undefined,
    end === undefined ? undefined : `Wait until ${day(end)}`,
  ]
    .filter((label) => label !== undefined)
    .map((label) => ({ label }))
}
