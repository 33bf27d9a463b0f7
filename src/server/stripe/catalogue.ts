import type { Instant, Interval } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import type Stripe from 'stripe'
import { ask, StripeUnreachable, type StripeClient } from './client.ts'
import { intervalFrom } from './facts.ts'

/** A price that is sold by the piece and again in every interval. */
export type SoldPrice = {
  readonly id: string
  readonly key: string
  /** Of one piece for one interval. */
  readonly price: Money
  readonly interval: Interval
}

/** How long, in seconds, what is sold is remembered. */
const FRESH_SECONDS = 60
/** As many as Stripe looks up at once (https://docs.stripe.com/api/prices/list). */
const KEYS_AT_ONCE = 10

type Shelf = { readonly until: Instant; readonly prices: Promise<readonly SoldPrice[]> }
const shelves = new WeakMap<StripeClient, Map<string, Shelf>>()

/**
 * The merchant's prices with these lookup keys, in this order; without those that Stripe does not sell (any more), that
 * do not recur, or whose amount depends on usage or on tiers. Throws StripeUnreachable.
 */
export function soldPrices(stripe: StripeClient, keys: readonly string[], now: Instant): Promise<readonly SoldPrice[]> {
  const shelf = shelves.get(stripe) ?? new Map<string, Shelf>()
  shelves.set(stripe, shelf)
  const name = JSON.stringify(keys)
  const known = shelf.get(name)
  if (known && now < known.until) return known.prices
  const prices = lookUp(stripe, keys)
  shelf.set(name, { until: now + FRESH_SECONDS, prices })
  // A failure is nobody's answer for the next minute.
  prices.catch(() => shelf.delete(name))
  return prices
}

/** Throws StripeUnreachable. */
export async function soldPrice(stripe: StripeClient, key: string, now: Instant): Promise<SoldPrice | undefined> {
  return (await soldPrices(stripe, [key], now))[0]
}

/** What a price costs that somebody has already; undefined where usage or tiers decide. Throws StripeUnreachable. */
export async function priceById(
  stripe: StripeClient,
  id: string,
): Promise<Pick<SoldPrice, 'price' | 'interval'> | undefined> {
  const price = await ask(stripe.prices.retrieve(id))
  return soldFrom({ ...price, lookup_key: price.lookup_key ?? '' })[0]
}

/** What the merchant calls a price; its id where it has no name. */
export async function priceName(
  stripe: StripeClient,
  id: string,
  plans: Readonly<Record<string, { readonly name: string }>>,
): Promise<string> {
  try {
    const { lookup_key, nickname } = await ask(stripe.prices.retrieve(id))
    return plans[lookup_key ?? '']?.name ?? nickname ?? id
  } catch (error) {
    if (error instanceof StripeUnreachable) return id
    throw error
  }
}

async function lookUp(stripe: StripeClient, keys: readonly string[]): Promise<readonly SoldPrice[]> {
  const slices = Array.from({ length: Math.ceil(keys.length / KEYS_AT_ONCE) }, (_, index) =>
    keys.slice(index * KEYS_AT_ONCE, (index + 1) * KEYS_AT_ONCE),
  )
  const pages = await Promise.all(
    slices.map((lookup_keys) => ask(stripe.prices.list({ lookup_keys, active: true, limit: 100 }))),
  )
  const byKey = new Map(pages.flatMap(({ data }) => data.flatMap(soldFrom)).map((sold) => [sold.key, sold]))
  return keys.flatMap((key) => byKey.get(key) ?? [])
}

type Priced = Pick<Stripe.Price, 'id' | 'lookup_key' | 'unit_amount' | 'currency' | 'recurring' | 'billing_scheme'>

function soldFrom({
  id,
  lookup_key: key,
  unit_amount: amount,
  currency,
  recurring,
  billing_scheme,
}: Priced): SoldPrice[] {
  if (key === null || amount === null || !recurring) return []
  if (recurring.usage_type === 'metered' || billing_scheme === 'tiered') return []
  return [{ id, key, price: { amount, currency }, interval: intervalFrom(recurring) }]
}
