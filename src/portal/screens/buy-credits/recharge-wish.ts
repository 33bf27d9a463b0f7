import type { AutoRecharge, PackOffer } from '#contract/offer.ts'

/** When credits run low: a part of the pack that is bought then. */
const PARTS = [0.05, 0.1, 0.25, 0.5] as const
/** The most that is bought in a month, in packs. */
const TIMES = [1, 2, 5, 10] as const

/** What somebody has in mind, before it is in credits and money. Nothing is on unless they say so. */
export type Wish = { readonly on: boolean; readonly pack?: string; readonly part: number; readonly times: number }

export const noWish: Wish = { on: false, part: 1, times: 1 }

/** The thresholds and sums that go with a pack, ascending. */
export function rangesFor({ credits, quote: { due } }: PackOffer) {
  return {
    thresholds: PARTS.map((part) => Math.max(1, Math.round(credits * part))),
    sums: TIMES.map((times) => ({ amount: due.amount * times, currency: due.currency })),
  }
}

/** In credits and money; undefined while it is not wished for. */
export function rechargeOf({ on, part, times }: Wish, pack: PackOffer): AutoRecharge | undefined {
  const { thresholds, sums } = rangesFor(pack)
  const threshold = thresholds[part]
  const monthly = sums[times]
  if (!on || threshold === undefined || monthly === undefined) return undefined
  return { on: true, pack: pack.key, threshold, monthly }
}
