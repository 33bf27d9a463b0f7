import { compact } from '#diagnosis/compact.ts'
import type { Blocker, BlockerOf, Debt } from '#diagnosis/diagnosis.ts'
import type { Reason } from '#diagnosis/reason.ts'

type Detail = Readonly<Record<string, unknown>>

/** What a program is told of each reason. Amounts are in minor units beside their currency, instants in RFC 3339. */
const details = {
  account_frozen: ({ cause, note }) => ({ cause, note }),
  payment_processing: ({ debt }) => debtDetail(debt),
  authentication_required: ({ debt }) => debtDetail(debt),
  subscription_incomplete: ({ debt }) => debtDetail(debt),
  card_declined: ({ debt }) => debtDetail(debt),
  card_expired: ({ debt }) => debtDetail(debt),
  invoice_overdue: ({ debt }) => debtDetail(debt),
  subscription_paused: () => ({}),
  subscription_canceled: () => ({}),
  trial_ended: () => ({}),
  no_payment_method: ({ debt }) => debtDetail(debt),
  billing_details_missing: ({ missing }) => ({ missing }),
  spend_cap_reached: ({ limit, spent, apiKey, resets }) => ({
    limit: limit?.amount,
    spent: spent?.amount,
    currency: limit?.currency,
    api_key: apiKey,
    resets: iso(resets),
  }),
  credits_exhausted: ({ balance, needed, meter }) => ({ meter: meter?.id, balance, needed }),
  usage_limit_exceeded: ({ meter, used, included, requested, resets }) => ({
    meter: meter?.id,
    unit: meter?.unit,
    used,
    included,
    requested,
    resets: iso(resets),
  }),
  seat_limit: ({ used, seats }) => ({ used, seats }),
  plan_lacks_feature: ({ feature, plans }) => ({ feature, plans: plans.length > 0 ? plans : undefined }),
  upstream_billing: ({ until }) => ({ until: iso(until) }),
  rate_limited: ({ limit, seconds, until }) => ({ limit, seconds, until: iso(until) }),
  unknown: () => ({}),
} as const satisfies { readonly [R in Reason]: (blocker: BlockerOf<R>) => Detail }

/** What the reader may not know is already missing from the blocker. */
export function detailOf(blocker: Blocker): Detail | undefined {
  // The table pairs each reason with its own evidence; the compiler does not join the two again.
  const tell = details[blocker.reason] as (blocker: Blocker) => Detail
  const detail = compact(tell(blocker))
  return Object.keys(detail).length > 0 ? detail : undefined
}

/** When the block lifts by itself, unix seconds. */
export function endOf(blocker: Blocker | undefined): number | undefined {
  if (!blocker) return undefined
  if ('resets' in blocker) return blocker.resets
  return 'until' in blocker ? blocker.until : undefined
}

/** RFC 3339 in UTC. */
export function iso(instant: number): string
export function iso(instant: number | undefined): string | undefined
export function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant * 1_000).toISOString()
}

function debtDetail(debt: Debt | undefined): Detail {
  const number = debt?.invoices[0]?.number
  return { invoice: number, amount_due: debt?.total.amount, currency: debt?.total.currency }
}
