import { changeItems } from '#sandbox/stripe/deeds/change-items.ts'
import { isOver } from '#sandbox/stripe/deeds/follow-invoice.ts'
import type { NextItem } from '#sandbox/stripe/deeds/prorate.ts'
import { change } from '#sandbox/stripe/deeds/record-event.ts'
import { advanceDraft, beginPeriod, endTrial } from '#sandbox/stripe/deeds/renew-subscription.ts'
import { startSubscription } from '#sandbox/stripe/deeds/start-subscription.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import {
  clearable,
  clearableText,
  needed,
  object,
  oneOf,
  text,
  unmodelled,
  whole,
  type Values,
} from '#sandbox/stripe/kernel/shape.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, timeOf, type World } from '#sandbox/stripe/world.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import { fill, fillCancellation, priceOf, sharedFields } from './subscription-fields.ts'

export const anchor = object({ type: needed(oneOf('now', 'unchanged')) })

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

export const updateFields = {
  ...sharedFields,
  billing_cycle_anchor: anchor,
  cancellation_details: object({ comment: clearableText, feedback: clearableText }),
  pause_collection: clearable(
    object({ behavior: needed(oneOf('keep_as_draft', 'mark_uncollectible', 'void')), resumes_at: whole }),
  ),
  proration_date: whole,
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

function nextItems(
  world: World,
  subscription: Subscription,
  given: NonNullable<Values<typeof updateFields>['items']>,
): NextItem[] {
  const next: NextItem[] = itemsOf(world, subscription.id).map((item) => ({
    id: item.id,
    price: find(world, 'price', item.sandbox.price),
    quantity: item.quantity,
    metadata: item.metadata,
  }))
  for (const [index, item] of given.entries()) {
    if (item.id === undefined) {
      next.push({
        id: null,
        price: priceOf(world, item, index),
        quantity: item.quantity ?? 1,
        metadata: mergeMetadata({}, item.metadata),
      })
      continue
    }
    const at = next.findIndex((one) => one.id === item.id)
    const held = next[at]
    if (held === undefined)
      throw invalid(`No such subscription_item: '${item.id}'`, {
        code: 'resource_missing',
        param: `items[${index}][id]`,
      })
    if (item.deleted === true) {
      next.splice(at, 1)
      continue
    }
    const named = item.price !== undefined || item.plan !== undefined || item.price_data !== undefined
    const price = named ? priceOf(world, item, index) : held.price
    next[at] = {
      ...held,
      price,
      quantity: item.quantity ?? held.quantity,
      metadata: mergeMetadata(held.metadata, item.metadata),
    }
  }
  if (next.length === 0) throw invalid('A subscription must have at least one active item.')
  return next
}

/** @throws {Refusal} 400 invalid_canceled_subscription_fields once it is over */
export function updateSubscription(world: World, id: string, given: Values<typeof updateFields>): Subscription {
  const subscription = find(world, 'subscription', id)
  if (
    isOver(subscription) &&
    Object.keys(given).some((name) => name !== 'metadata' && name !== 'cancellation_details')
  ) {
    const message = 'A canceled subscription can only update its cancellation_details and metadata.'
    throw invalid(message, { code: 'invalid_canceled_subscription_fields' })
  }
  const now = timeOf(world, subscription.customer)
  const next = given.items === undefined ? undefined : nextItems(world, subscription, given.items)
  change(world, subscription, 'customer.subscription.updated', () => {
    fill(world, subscription, given)
    fillCancellation(world, subscription, given)
    const { cancellation_details: details, pause_collection: pause } = given
    if (details?.comment !== undefined) subscription.cancellation_details.comment = details.comment
    if (details?.feedback !== undefined) subscription.cancellation_details.feedback = details.feedback
    if (pause !== undefined)
      subscription.pause_collection =
        pause === null ? null : { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null }
    if (typeof given.trial_end === 'number') setTrial(world, subscription, given.trial_end)
    if (next === undefined) return
    changeItems(world, subscription, {
      next,
      proration: given.proration_behavior ?? 'create_prorations',
      at: given.proration_date ?? now,
      behavior: given.payment_behavior ?? 'allow_incomplete',
      offSession: given.off_session ?? false,
    })
  })
  if (given.trial_end === 'now' && subscription.status === 'trialing') {
    subscription.trial_end = now
    endTrial(world, subscription, now)
    billNow(world, subscription)
  } else if (given.billing_cycle_anchor?.type === 'now') {
    change(world, subscription, 'customer.subscription.updated', () => {
      subscription.billing_cycle_anchor = now
      beginPeriod(world, subscription, now, 'subscription_update')
    })
    billNow(world, subscription)
  }
  return subscription
}

// What a request starts is charged at once; only a renewal waits its hour as a draft.
function billNow(world: World, subscription: Subscription): void {
  const invoice = world.tables.invoice.get(subscription.latest_invoice ?? '')
  if (invoice?.status === 'draft' && invoice.auto_advance) advanceDraft(world, invoice)
}

function setTrial(world: World, subscription: Subscription, end: number): void {
  const now = timeOf(world, subscription.customer)
  Object.assign(subscription, {
    trial_start: subscription.trial_start ?? now,
    trial_end: end,
    status: 'trialing',
    billing_cycle_anchor: end,
  })
  for (const item of itemsOf(world, subscription.id))
    Object.assign(item, { current_period_start: now, current_period_end: end })
}
