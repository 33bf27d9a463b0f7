import { chargeTax, composeInvoice, itemLine, pendingItems } from '#sandbox/stripe/deeds/draft-invoice.ts'
import { newItemLine, priceOfItem } from '#sandbox/stripe/deeds/add-invoice-item.ts'
import { planChange, wholeLines, type Period } from '#sandbox/stripe/deeds/plan-change.ts'
import { planResumption } from '#sandbox/stripe/deeds/plan-resumption.ts'
import type { NextItem } from '#sandbox/stripe/deeds/prorate.ts'
import { redeem } from '#sandbox/stripe/deeds/redeem-coupon.ts'
import { firstLines } from '#sandbox/stripe/deeds/start-subscription.ts'
import { total } from '#sandbox/stripe/deeds/total-invoice.ts'
import { nextBoundary } from '#sandbox/stripe/billing-period.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { invalid, Refusal, type Wire } from '#sandbox/stripe/kernel/errors.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import type { Values } from '#sandbox/stripe/kernel/shape.ts'
import { wholeAddress, type Customer } from '#sandbox/stripe/objects/customer.ts'
import type { InvoiceLine } from '#sandbox/stripe/objects/invoice.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf, present } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, timeOf, type World } from '#sandbox/stripe/world.ts'
import { previewFields as fields } from './preview-fields.ts'
import { nextItems } from './subscription-items.ts'

type Given = Values<typeof fields>
type Details = NonNullable<Given['subscription_details']>

/** `pending` says whether what waits for the next invoice is on this one too. */
type Foreseen = { lines: InvoiceLine[]; period: Period; pending: boolean }

function preview(world: World, given: Given): Wire {
  const subscription =
    given.subscription === undefined ? null : find(world, 'subscription', given.subscription, 'subscription')
  const id = given.customer ?? subscription?.customer
  if (id === undefined)
    throw invalid('Missing required param: customer.', { code: 'parameter_missing', param: 'customer' })
  if (subscription !== null && subscription.customer !== id)
    throw invalid(`The subscription ${subscription.id} does not belong to customer ${id}.`, { param: 'subscription' })
  const customer = liveCustomer(world, id)
  const details = given.subscription_details ?? {}
  const next = nextItems(world, subscription, details.items ?? [])
  const foreseen =
    subscription === null
      ? firstInvoice(world, customer, next, details)
      : { ...upcoming(world, subscription, next, details, given.preview_mode === 'recurring') }
  const currency = given.currency ?? subscription?.currency ?? next[0]?.price.currency ?? customer.currency ?? 'usd'
  const added = (given.invoice_items ?? []).map((one) => newItemLine(world, customer, one, priceOfItem(world, one)))
  const pending = foreseen.pending ? pendingItems(world, customer.id, currency, subscription) : []
  const lines = [...foreseen.lines, ...added, ...pending.map((item) => itemLine(item, null))]
  if (lines.length === 0) throw nothingUpcoming(customer.id)
  const invoice = composeInvoice(world, newId('upcoming_in'), {
    customer,
    subscription,
    reason: 'upcoming',
    currency,
    period: foreseen.period,
    lines,
    includePending: false,
    autoAdvance: false,
    taxed: given.automatic_tax?.enabled,
  })
  const address = given.customer_details?.address
  if (address !== undefined) invoice.customer_address = address === null ? null : wholeAddress(address)
  if (given.automatic_tax?.enabled === true) chargeTax(invoice)
  const by = { customer: customer.id, subscription: subscription?.id ?? null }
  const discounts = given.discounts === undefined ? undefined : redeem(world, given.discounts ?? [], by, false)
  if (discounts !== undefined) invoice.discounts = discounts.map((one) => one.id)
  total(world, invoice, discounts)
  return present(world, invoice)
}

function nothingUpcoming(customer: string): Refusal {
  const message = `No upcoming invoices for customer: ${customer}`
  return new Refusal(404, { type: 'invalid_request_error', code: 'invoice_upcoming_none', message })
}

function firstInvoice(world: World, customer: Customer, next: NextItem[], details: Details): Foreseen {
  const now = timeOf(world, customer.id)
  const trialEnd = typeof details.trial_end === 'number' ? details.trial_end : null
  const cycle = next[0]?.price.recurring ?? null
  const end = trialEnd ?? (cycle === null ? now : nextBoundary(now, cycle, now))
  const sold = next.map(({ price, quantity }) => ({ item: 'si_new', price, quantity }))
  const lines = firstLines(world, 'sub_preview', sold, { start: now, end }, trialEnd !== null)
  return { lines, period: { start: now, end: now }, pending: true }
}

function upcoming(
  world: World,
  subscription: Subscription,
  next: NextItem[],
  details: Details,
  recurring: boolean,
): Foreseen {
  const now = timeOf(world, subscription.customer)
  const at = details.proration_date ?? now
  const proration = details.proration_behavior ?? 'create_prorations'
  const none: Foreseen = { lines: [], period: { start: now, end: now }, pending: false }
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') return none
  if (details.resume_at !== undefined) {
    const anchor = details.billing_cycle_anchor?.type ?? 'now'
    const plan = planResumption(world, subscription, { anchor, proration, at })
    return 'owed' in plan || plan.lines.length === 0 ? none : { ...plan, pending: true }
  }
  const anew = details.billing_cycle_anchor?.type === 'now'
  if (subscription.status === 'paused' && details.items === undefined && !anew) return none
  const plan =
    details.items === undefined && !anew
      ? { now: [], later: [], fresh: null }
      : planChange(world, subscription, { next, proration, at, anew })
  if (plan.now.length > 0 && !recurring) return { lines: plan.now, period: { start: at, end: at }, pending: true }
  const start = plan.fresh?.end ?? itemsOf(world, subscription.id)[0]?.current_period_end ?? now
  const cancelAt = details.cancel_at === undefined ? subscription.cancel_at : details.cancel_at
  const isOver = cancelAt !== null && cancelAt <= start
  const flagged = details.cancel_at === undefined && subscription.cancel_at_period_end
  const ends = details.cancel_at_period_end ?? (flagged || isOver)
  const later = ends && !recurring ? [] : renewal(world, subscription, next, plan.fresh?.start, start)
  return {
    lines: recurring ? later : [...plan.later, ...later],
    period: { start: now, end: start },
    pending: !recurring,
  }
}

function renewal(
  world: World,
  subscription: Subscription,
  next: NextItem[],
  anchor = subscription.billing_cycle_anchor,
  start: number,
): InvoiceLine[] {
  const cycle = next[0]?.price.recurring ?? null
  if (cycle === null) return []
  return wholeLines(world, subscription.id, next, { start, end: nextBoundary(anchor, cycle, start) })
}

export const previewRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/invoices/create_preview',
    answers: 'invoice',
    fields,
    deed: ({ world }, given) => preview(world, given),
  }),
]
