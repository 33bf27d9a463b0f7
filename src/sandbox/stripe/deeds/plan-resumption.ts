import { nextBoundary, periodAfter } from '#sandbox/stripe/billing-period.ts'
import { roundMinor } from '#sandbox/stripe/money.ts'
import type { Invoice, InvoiceLine } from '#sandbox/stripe/objects/invoice.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, timeOf, type World } from '#sandbox/stripe/world.ts'
import { licensed, subscriptionLine } from './draft-invoice.ts'
import { pausedByFailure } from './pause-subscription.ts'
import type { Period } from './plan-change.ts'

export type ResumptionTerms = {
  anchor: 'now' | 'unchanged'
  proration: 'always_invoice' | 'create_prorations' | 'none'
  /** UTC seconds the rest of a period counts from. */
  at: number
}

/** What ends a pause: an invoice that is owed already, a period and its lines, or nothing but the asking. */
export type ResumptionPlan = { owed: Invoice } | { period: Period; lines: InvoiceLine[] }

/**
 * Prices a resumption, for its preview and for itself: a whole new period with anchor `now`, the rest of the running one
 * with `unchanged` (https://docs.stripe.com/api/subscriptions/resume). A period that was billed is not billed again.
 */
export function planResumption(world: World, subscription: Subscription, terms: ResumptionTerms): ResumptionPlan {
  const owed = world.tables.invoice.get(subscription.latest_invoice ?? '')
  if (pausedByFailure(subscription) && owed?.status === 'open') return { owed }
  const now = timeOf(world, subscription.customer)
  const items = itemsOf(world, subscription.id)
  const [first] = items
  const cycle = first === undefined ? null : find(world, 'price', first.sandbox.price).recurring
  if (first === undefined || cycle === null) return { period: { start: now, end: now }, lines: [] }
  const sold = items.map((item) => ({
    item: item.id,
    price: find(world, 'price', item.sandbox.price),
    quantity: item.quantity,
  }))
  if (terms.anchor === 'now') {
    const period = { start: now, end: nextBoundary(now, cycle, now) }
    return { period, lines: sold.map((one) => subscriptionLine(world, subscription.id, one, period)) }
  }
  const { current_period_start: start, current_period_end: end } = first
  if (now < end) return { period: { start, end }, lines: [] }
  const period = around(subscription.billing_cycle_anchor, cycle, now)
  if (terms.proration === 'none') return { period, lines: [] }
  const share = (period.end - Math.min(Math.max(terms.at, period.start), period.end)) / (period.end - period.start)
  const lines = sold.map((one) => {
    const amount = roundMinor(licensed(one.price, one.quantity) * share, one.price.currency)
    const description = `Remaining time on ${find(world, 'product', one.price.product).name}`
    const rest = { start: terms.at, end: period.end }
    return subscriptionLine(world, subscription.id, one, rest, { amount, description, proration: true })
  })
  return { period, lines }
}

function around(anchor: number, cycle: Parameters<typeof nextBoundary>[1], now: number): Period {
  const end = nextBoundary(anchor, cycle, now)
  let count = 0
  while (periodAfter(anchor, cycle, count + 1) < end) count += 1
  return { start: periodAfter(anchor, cycle, count), end }
}
