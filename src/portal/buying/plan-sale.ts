import type { PlanOffer } from '#contract/offer.ts'
import type { Plan } from '#contract/deed.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Sale } from '#portal/payments/sale.ts'

/** What choosing a plan costs now and from then on. */
export function saleOf({ key, name, quantity, subscription, quote, price, interval }: PlanOffer): Sale {
  const { due: total, proratedAt, later, newPeriod, trialEnd: from, stillEnds } = quote
  return {
    deed: subscription === undefined ? 'start' : 'switch',
    name,
    total,
    ...(!stillEnds && { every: { price, interval } }),
    plan: {
      invoices: [],
      price: key,
      quantity,
      total,
      ...(subscription !== undefined && { subscription }),
      ...compact({ proratedAt, later: laterOf(later) }),
    },
    ...(subscription !== undefined && { period: newPeriod ? 'new' : 'rest' }),
    ...compact({ tax: quote.tax, credit: quote.credit, later, from, stillEnds }),
  }
}

/** What of a later beginning is sent back as it was shown. */
export function laterOf(later: Sale['later']): Plan['later'] {
  return later && { at: later.at, due: later.due, ...compact({ goesOn: later.goesOn }) }
}

/** What may be chosen: what lifts the block. The one that costs least now comes first in mind. */
export function cheapest(plans: readonly PlanOffer[]): PlanOffer | undefined {
  return plans
    .filter(({ helps }) => helps)
    .toSorted((a, b) => a.quote.due.amount - b.quote.due.amount || a.price.amount - b.price.amount)[0]
}
