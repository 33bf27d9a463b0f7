import type { AccessRequest, Account, Instant, Subscription } from './account.ts'
import { compact } from './compact.ts'
import type { Blocker, Counted } from './diagnosis.ts'
import { inForce } from './kept.ts'
import type { MeterTerms, PlanTerms, Policy } from './policy.ts'
import type { Reason } from './reason.ts'
import { speak } from './speak.ts'
import type { Cap } from './usage.ts'

/** The meter by whose name an app asks for a seat. */
export const SEATS = 'seats'

/** What was asked for, and what the account has, as the limits see it. */
export type Demand = {
  readonly account: Account
  readonly policy: Policy
  readonly request: AccessRequest
  readonly terms: Terms
  readonly now: Instant
}

/** What an account's plans give together. */
export type Terms = {
  readonly features: ReadonlySet<string>
  readonly limits: ReadonlyMap<string, { readonly included: number; readonly hard: boolean }>
  readonly seats: number | undefined
  readonly rates: ReadonlyMap<string, { readonly limit: number; readonly seconds: number }>
}

/**
 * Plans add up: two subscriptions to the same one include twice as much, and one soft limit makes the sum soft. A quantity
 * is of seats, and of nothing else. What is kept until a period ends gives what it gave until then.
 */
export function termsOf(subscriptions: readonly Subscription[], policy: Policy, now: Instant): Terms {
  const bought = subscriptions.flatMap(({ items }) =>
    items.flatMap((item) => {
      const { key, quantity } = inForce(item, now)
      const plan = key === undefined ? undefined : policy.plans?.[key]
      return plan ? [{ plan, quantity }] : []
    }),
  )
  const limits = new Map<string, { included: number; hard: boolean }>()
  const rates = new Map<string, { limit: number; seconds: number }>()
  for (const { plan } of bought) {
    for (const [meter, { included, hard }] of Object.entries(plan.limits ?? {})) {
      const before = limits.get(meter)
      limits.set(meter, { included: (before?.included ?? 0) + included, hard: hard && (before?.hard ?? true) })
    }
    for (const [meter, rate] of Object.entries(plan.rates ?? {})) {
      const before = rates.get(meter)
      if (!before || rate.limit / rate.seconds > before.limit / before.seconds) rates.set(meter, rate)
    }
  }
  return { features: new Set(bought.flatMap(({ plan }) => plan.features ?? [])), limits, rates, seats: seatsOf(bought) }
}

function seatsOf(bought: readonly { plan: PlanTerms; quantity: number }[]): number | undefined {
  const seats = bought.flatMap(({ plan, quantity }) =>
    plan.seats === undefined ? [] : [plan.seats === 'quantity' ? quantity : plan.seats],
  )
  return seats.length > 0 ? seats.reduce((all, some) => all + some, 0) : undefined
}

type LimitRule = (demand: Demand) => Blocker | undefined

/** Each may speak for itself: who raises the cap may still want for credits. */
const rules = {
  spend_cap_reached: spendCapReached,
  credits_exhausted: creditsExhausted,
  usage_limit_exceeded: usageLimitExceeded,
  seat_limit: seatLimit,
  plan_lacks_feature: planLacksFeature,
  rate_limited: rateLimited,
} as const satisfies Partial<Record<Reason, LimitRule>>

/** What stops this very request, however well the subscription stands. */
export function limitBlockers(demand: Demand): readonly Blocker[] {
  return Object.values(rules).flatMap((rule) => rule(demand) ?? [])
}

/** The meters that the question is about: the named one, or all where the app says that one of them is the reason. */
function metersOf({ request, terms, policy }: Demand, reason: Reason): readonly string[] {
  if (request.meter !== undefined) return request.meter === SEATS ? [] : [request.meter]
  return request.told?.reason === reason
    ? [...new Set([...terms.limits.keys(), ...Object.keys(policy.meters ?? {})])]
    : []
}

function usedOf({ account }: Demand, meter: string) {
  return account.usage?.find((reading) => reading.meter === meter)
}

const wanted = ({ request }: Demand) => request.quantity ?? 1

/** Units of this request that the plan does not include; all of them where nothing is included. */
function beyond(demand: Demand, meter: string): number {
  const included = demand.terms.limits.get(meter)?.included ?? 0
  const left = Math.max(0, included - (usedOf(demand, meter)?.used ?? 0))
  return Math.max(0, wanted(demand) - left)
}

function spendCapReached(demand: Demand): Blocker | undefined {
  const { account, request, policy, now } = demand
  const asked = metersOf(demand, 'spend_cap_reached')
  const costs = asked.flatMap((meter) => policy.meters?.[meter]?.price ?? [])
  if (costs.length === 0) return undefined
  const reached = account.caps?.find(
    (cap) =>
      (cap.apiKey === undefined || cap.apiKey === request.apiKey) &&
      (cap.resets === undefined || now < cap.resets) &&
      asked.some((meter) => cap.spent.amount + costOf(demand, meter, cap) > cap.limit.amount),
  )
  return reached && speak('spend_cap_reached', undefined, compact(capEvidence(reached)))
}

function capEvidence({ limit, spent, apiKey, resets }: Cap) {
  return { limit, spent, apiKey, resets }
}

/** In the cap's minor units, rounded up: what this request adds to what is spent. At least the smallest unit. */
function costOf(demand: Demand, meter: string, { limit }: Cap): number {
  const price = demand.policy.meters?.[meter]?.price
  const units = beyond(demand, meter)
  if (!price || price.currency !== limit.currency || units === 0) return 0
  return Math.max(1, Math.ceil((price.amount * units) / price.per))
}

function creditsExhausted(demand: Demand): Blocker | undefined {
  const { credits } = demand.account
  if (!credits) return undefined
  for (const meter of metersOf(demand, 'credits_exhausted')) {
    const terms = demand.policy.meters?.[meter]
    const needed = Math.ceil(beyond(demand, meter) * (terms?.credits ?? 0))
    if (terms && needed > credits.balance) {
      return speak('credits_exhausted', undefined, { balance: credits.balance, needed, meter: counted(meter, terms) })
    }
  }
  return undefined
}

function usageLimitExceeded(demand: Demand): Blocker | undefined {
  for (const meter of metersOf(demand, 'usage_limit_exceeded')) {
    const limit = demand.terms.limits.get(meter)
    const terms = demand.policy.meters?.[meter]
    const reading = usedOf(demand, meter)
    const paidBeyond = terms?.credits !== undefined || terms?.price !== undefined
    if (!limit?.hard || !reading || paidBeyond) continue
    if (reading.resets !== undefined && reading.resets <= demand.now) continue
    const { used, resets } = reading
    if (used + wanted(demand) <= limit.included) continue
    const requested = used < limit.included ? wanted(demand) : undefined
    return speak('usage_limit_exceeded', undefined, {
      meter: counted(meter, terms),
      used,
      included: limit.included,
      ...compact({ requested, resets }),
    })
  }
  return undefined
}

function seatLimit({ account, request, terms }: Demand): Blocker | undefined {
  const asked = request.meter === SEATS || request.told?.reason === 'seat_limit'
  const { seats: used } = account
  if (!asked || used === undefined || terms.seats === undefined) return undefined
  if (used + (request.quantity ?? 1) <= terms.seats) return undefined
  return speak('seat_limit', undefined, { used, seats: terms.seats })
}

/** A feature that no plan names is not sold by plans, so none can lack it. */
function planLacksFeature({ request: { feature }, terms, policy }: Demand): Blocker | undefined {
  if (feature === undefined || terms.features.has(feature)) return undefined
  const plans = Object.entries(policy.plans ?? {}).filter(([, plan]) => plan.features?.includes(feature))
  if (plans.length === 0) return undefined
  const evidence = { feature, plans: plans.map(([key]) => key) }
  // Where customers cannot choose any of them, only the merchant can sell it.
  const isOnOffer = plans.some(([, { offered }]) => offered)
  return speak('plan_lacks_feature', undefined, evidence, isOnOffer ? undefined : 'contact-support')
}

function rateLimited(demand: Demand): Blocker | undefined {
  const { account, request, terms, now } = demand
  const rate = request.meter === undefined ? undefined : terms.rates.get(request.meter)
  const window = account.rates?.find(({ meter }) => meter === request.meter)
  if (!rate || !window || window.resets <= now || window.used + wanted(demand) <= rate.limit) return undefined
  return speak('rate_limited', undefined, { until: window.resets, ...rate })
}

function counted(id: string, terms: MeterTerms | undefined): Counted {
  return { id, name: terms?.name ?? id, unit: terms?.unit ?? '' }
}
