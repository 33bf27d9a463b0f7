import { isOver } from '#sandbox/stripe/deeds/follow-invoice.ts'
import { startSubscription } from '#sandbox/stripe/deeds/start-subscription.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { needed, object, oneOf, text, unmodelled, whole, type Values } from '#sandbox/stripe/kernel/shape.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { liveCustomer, rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import { mergeMetadata, type Customer } from '#sandbox/stripe/objects/customer.ts'
import { fill, fillCancellation, priceOf, sharedFields } from './subscription-fields.ts'

export const createFields = {
  ...sharedFields,
  backdate_start_date: whole,
  billing_cycle_anchor: whole,
  billing_cycle_anchor_config: unmodelled,
  billing_mode: object({ flexible: unmodelled, type: needed(oneOf('classic', 'flexible')) }),
  currency: text,
  customer: needed(text),
  trial_period_days: whole,
}

/** @throws {Refusal} 400 for an order Stripe would not take, 402 when its payment decides and fails */
export function createSubscription(world: World, given: Values<typeof createFields>): Subscription {
  const customer = liveCustomer(world, given.customer)
  if (given.items === undefined || given.items.length === 0)
    throw invalid('Missing required param: items.', { code: 'parameter_missing', param: 'items' })
  if (given.payment_behavior === 'pending_if_incomplete') {
    throw invalid('payment_behavior `pending_if_incomplete` can only be used when updating a subscription.', {
      param: 'payment_behavior',
    })
  }
  const send = given.collection_method === 'send_invoice'
  if (send && given.days_until_due === undefined) {
    throw invalid('If the collection_method is send_invoice, days_until_due must be provided.', {
      code: 'parameter_missing',
      param: 'days_until_due',
    })
  }
  const now = timeOf(world, customer.id)
  const sold = given.items.map((item, index) => ({
    price: priceOf(world, item, index),
    quantity: item.quantity ?? 1,
    metadata: mergeMetadata({}, item.metadata),
  }))
  checkCurrency(world, customer, sold[0]?.price.currency)
  const days =
    given.trial_period_days ?? (given.trial_from_plan === true ? (sold[0]?.price.recurring?.trial_period_days ?? 0) : 0)
  const trialEnd =
    typeof given.trial_end === 'number'
      ? given.trial_end
      : days > 0 && given.trial_end !== 'now'
        ? now + days * 86_400
        : null
  if (trialEnd !== null && trialEnd <= now)
    throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', { param: 'trial_end' })
  const subscription = startSubscription(world, {
    customer,
    sold,
    behavior: given.payment_behavior ?? 'allow_incomplete',
    offSession: given.off_session ?? false,
    trialEnd,
    anchor: given.billing_cycle_anchor ?? null,
    collection: given.collection_method ?? 'charge_automatically',
    fill: (made) => {
      fill(world, made, given)
      if (given.billing_mode?.type === 'classic') made.billing_mode = { type: 'classic', flexible: null }
    },
  })
  fillCancellation(world, subscription, given)
  return subscription
}

// One customer, one currency, as long as something runs or waits in it.
function checkCurrency(world: World, customer: Customer, currency: string | undefined): void {
  const runs = rows(world, 'subscription').filter((one) => one.customer === customer.id && !isOver(one))
  const waits = rows(world, 'invoiceitem').filter((one) => one.customer === customer.id && one.invoice === null)
  const other = [...runs, ...waits].find((one) => one.currency !== currency)
  if (other === undefined) return
  throw invalid(
    `You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency ${other.currency}.`,
  )
}
