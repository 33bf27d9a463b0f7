import { composeInvoice, itemLine, pendingItems, subscriptionLine, total } from '#sandbox/stripe/deeds/draft-invoice.ts'
import { prorationLines, type NextItem } from '#sandbox/stripe/deeds/prorate.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { invalid, Refusal, type Wire } from '#sandbox/stripe/kernel/errors.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import {
  either,
  flag,
  list,
  needed,
  object,
  oneOf,
  text,
  unmodelled,
  whole,
  type Values,
} from '#sandbox/stripe/kernel/shape.ts'
import { nextBoundary } from '#sandbox/stripe/billing-period.ts'
import type { InvoiceLine } from '#sandbox/stripe/objects/invoice.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf, present } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, timeOf, type World } from '#sandbox/stripe/world.ts'
import { itemFields, priceOf } from './subscription-fields.ts'

const fields = {
  automatic_tax: unmodelled,
  currency: text,
  customer: text,
  customer_details: unmodelled,
  discounts: unmodelled,
  invoice_items: unmodelled,
  preview_mode: oneOf('next', 'recurring'),
  subscription: text,
  subscription_details: object({
    billing_cycle_anchor: object({ type: needed(oneOf('now', 'unchanged')) }),
    billing_mode: unmodelled,
    cancel_at: unmodelled,
    cancel_at_period_end: flag,
    cancel_now: flag,
    default_tax_rates: unmodelled,
    items: list(itemFields),
    proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
    proration_date: whole,
    resume_at: oneOf('now'),
    start_date: whole,
    trial_end: either(oneOf('now'), whole),
  }),
}

type Given = Values<typeof fields>

function preview(world: World, given: Given): Wire {
  const subscription =
    given.subscription === undefined ? null : find(world, 'subscription', given.subscription, 'subscription')
  const id = given.customer ?? subscription?.customer
  if (id === undefined)
    throw invalid('Missing required param: customer.', { code: 'parameter_missing', param: 'customer' })
  const customer = liveCustomer(world, id)
  const details = given.subscription_details ?? {}
  const now = timeOf(world, customer.id)
  const at = details.proration_date ?? now
  const next = nextItems(world, subscription, given)
  const immediately = details.proration_behavior === 'always_invoice' && details.items !== undefined
  const lines =
    subscription === null
      ? wholePeriod(world, null, next, now)
      : upcoming(world, subscription, next, details.proration_behavior ?? 'create_prorations', at)
  const currency = subscription?.currency ?? next[0]?.price.currency ?? customer.currency ?? 'usd'
  const pending = immediately
    ? []
    : pendingItems(world, customer.id, currency, subscription).map((item) => itemLine(item, null))
  if (lines.length + pending.length === 0)
    throw new Refusal(404, {
      type: 'invalid_request_error',
      code: 'invoice_upcoming_none',
      message: `No upcoming invoices for customer: ${customer.id}`,
    })
  const end = subscription === null ? now : (itemsOf(world, subscription.id)[0]?.current_period_end ?? now)
  const invoice = composeInvoice(world, newId('upcoming_in'), {
    customer,
    subscription,
    reason: 'upcoming',
    currency,
    period: immediately ? { start: at, end: at } : { start: now, end },
    lines: [...pending, ...lines],
    includePending: false,
    autoAdvance: false,
  })
  total(invoice)
  return present(world, invoice)
}

function nextItems(world: World, subscription: Subscription | null, given: Given): NextItem[] {
  const changes = given.subscription_details?.items ?? []
  const held = subscription === null ? [] : itemsOf(world, subscription.id)
  const kept: NextItem[] = held.flatMap((item) => {
    const index = changes.findIndex((one) => one.id === item.id)
    const wanted = changes[index]
    if (wanted?.deleted === true) return []
    const named = wanted !== undefined && (wanted.price !== undefined || wanted.price_data !== undefined)
    const price = named ? priceOf(world, wanted, index) : find(world, 'price', item.sandbox.price)
    return [{ id: item.id, price, quantity: wanted?.quantity ?? item.quantity, metadata: {} }]
  })
  const added = changes.flatMap((one, index) =>
    one.id === undefined
      ? [{ id: null, price: priceOf(world, one, index), quantity: one.quantity ?? 1, metadata: {} }]
      : [],
  )
  return [...kept, ...added]
}

function upcoming(
  world: World,
  subscription: Subscription,
  next: NextItem[],
  behavior: string,
  at: number,
): InvoiceLine[] {
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') return []
  const prorations = behavior === 'none' ? [] : prorationLines(world, subscription, next, at)
  if (behavior === 'always_invoice' && prorations.length > 0) return prorations
  if (subscription.cancel_at_period_end) return prorations
  const end = itemsOf(world, subscription.id)[0]?.current_period_end ?? at
  return [...prorations, ...wholePeriod(world, subscription, next, end)]
}

function wholePeriod(world: World, subscription: Subscription | null, next: NextItem[], start: number): InvoiceLine[] {
  return next.flatMap(({ id, price, quantity }) => {
    if (price.recurring === null) return []
    const end = nextBoundary(subscription?.billing_cycle_anchor ?? start, price.recurring, start)
    return [
      subscriptionLine(
        world,
        subscription?.id ?? 'sub_preview',
        { item: id ?? 'si_new', price, quantity },
        { start, end },
      ),
    ]
  })
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
