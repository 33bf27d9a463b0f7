import type { PackOffer } from '#contract/offer.ts'
import type { Reading } from './account.ts'
import type { Hands } from './context.ts'
import { dueFor, oncePrices, readBilled } from './stripe/one-off-invoice.ts'

/**
 * The packs that can be bought now, smallest first. `needed` is how many credits the refused request wants; without it
 * any pack helps that leaves at least one. What was used beyond the balance is paid out of it first. Throws
 * StripeUnreachable: no price is ever made up.
 */
export async function packOffers(
  hands: Hands,
  { record, facts, ledger }: Pick<Reading, 'record' | 'facts' | 'ledger'>,
  needed = 1,
): Promise<PackOffer[]> {
  const { config, stripe, now } = hands
  const packs = config.credits?.packs ?? {}
  const keys = Object.keys(packs)
  if (keys.length === 0) return []
  const exists = record.customer !== undefined && facts.customer === 'present'
  const [prices, billed] = await Promise.all([
    oncePrices(stripe, keys, now()),
    exists && record.customer !== undefined ? readBilled(stripe, record.customer) : undefined,
  ])
  return Object.entries(packs)
    .flatMap(([key, { name, credits }]) => {
      const price = prices.get(key)
      const due = price && dueFor(price, billed)
      if (!due) return []
      return [{ key, name, credits, quote: { due, proratedAt: now() }, helps: ledger.balance + credits >= needed }]
    })
    .toSorted((a, b) => a.credits - b.credits)
}
