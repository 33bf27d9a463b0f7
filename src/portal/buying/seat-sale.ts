import type { SeatOffer } from '#contract/offer.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Sale } from '#portal/payments/sale.ts'
import { laterOf } from './plan-sale.ts'
import type { Say } from '#portal/words/words.ts'

/** What more seats cost now and from then on. `seats`: how many there are, where that is known. */
export function saleOf(offer: SeatOffer, seats: number | undefined, say: Say): Sale {
  const { key, subscription, quantity, price, interval, quote } = offer
  const { due: total, proratedAt, tax, credit, later, trialEnd: from, stillEnds } = quote
  const more = seats === undefined ? 0 : quantity - seats
  return {
    deed: 'seats',
    name: more > 0 ? say('seats.more', { count: more }) : say('seats.all', { count: quantity }),
    total,
    ...(!stillEnds && { every: { price, interval } }),
    period: 'rest',
    plan: {
      invoices: [],
      price: key,
      subscription,
      quantity,
      total,
      ...compact({ proratedAt, later: laterOf(later) }),
    },
    ...compact({ tax, credit, later, from, stillEnds }),
  }
}
