import type { CapOffer } from '#contract/offer.ts'
import type { AccessRequest } from '#diagnosis/account.ts'
import { decimalsOf, type Money } from '#diagnosis/money.ts'
import type { Policy } from '#diagnosis/policy.ts'
import type { Reading } from './account.ts'
import type { Hands } from './context.ts'

/** How far above what is needed a cap is proposed. */
const STEPS = [1.2, 2, 5] as const
/** What people call round, in each power of ten. */
const ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10] as const
/** Of the currency's whole units: less is no cap to propose. */
const LEAST = 10

/**
 * The caps of an account and its keys, each with sums to raise it to that let the refused request pass. Empty where the
 * merchant caps nothing.
 */
export function capOffers(
  { config }: Pick<Hands, 'config'>,
  { facts }: Pick<Reading, 'facts'>,
  request: AccessRequest = {},
): Promise<CapOffer[]> {
  const most = config.spendCap?.most
  const cost = costOf(config.policy, request)
  const offers = (facts.caps ?? []).map(({ apiKey, limit, spent, resets }): CapOffer => {
    const highest = most === undefined ? undefined : { amount: most, currency: limit.currency }
    return {
      limit,
      spent,
      suggested: suggestedFor(limit, spent.amount + cost, highest),
      ...(apiKey !== undefined && { apiKey }),
      ...(resets !== undefined && { resets }),
      ...(highest && { most: highest }),
    }
  })
  return Promise.resolve(offers)
}

/** What the request costs where nothing of it is included, in minor units. */
function costOf({ meters }: Policy, { meter, quantity = 1 }: AccessRequest): number {
  const price = meter === undefined ? undefined : meters?.[meter]?.price
  return price ? Math.ceil((price.amount * quantity) / price.per) : 0
}

/** Three round sums above what is needed and allowed, as far as the merchant goes; the highest itself is one of them. */
function suggestedFor({ amount, currency }: Money, needed: number, most: Money | undefined): readonly Money[] {
  const unit = 10 ** decimalsOf(currency)
  const base = Math.max(amount, needed, LEAST * unit)
  const round = STEPS.map((step) => roundUp(base * step, unit))
  const allowed = round.filter((sum) => most === undefined || sum < most.amount)
  if (most && allowed.length < round.length && most.amount > Math.max(amount, needed)) allowed.push(most.amount)
  return [...new Set(allowed)].map((sum) => ({ amount: sum, currency }))
}

/** In minor units. */
function roundUp(sum: number, unit: number): number {
  const whole = sum / unit
  const power = 10 ** Math.floor(Math.log10(whole))
  const step = ROUND.find((one) => one * power >= whole) ?? 10
  return Math.ceil(step * power) * unit
}
