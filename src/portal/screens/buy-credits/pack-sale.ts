import type { PackOffer } from '#contract/offer.ts'
import type { Sale } from '#portal/payments/sale.ts'

/** What a pack of credits costs. */
export function saleOf({ key, name, quote: { due: total, proratedAt, tax, credit } }: PackOffer): Sale {
  return {
    deed: 'credits',
    name,
    total,
    plan: { invoices: [], price: key, total, ...(proratedAt !== undefined && { proratedAt }) },
    ...(tax && { tax }),
    ...(credit && { credit }),
  }
}

/** What is enough first, the smallest of those at the top; then the rest, the largest first. */
export function inOrder(packs: readonly PackOffer[]): readonly PackOffer[] {
  const bySize = packs.toSorted((a, b) => a.credits - b.credits)
  return [...bySize.filter(({ helps }) => helps), ...bySize.filter(({ helps }) => !helps).toReversed()]
}
