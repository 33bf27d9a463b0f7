import { changeItems } from '#sandbox/stripe/deeds/change-items.ts'
import { isOver } from '#sandbox/stripe/deeds/follow-invoice.ts'
import { change } from '#sandbox/stripe/deeds/record-event.ts'
import { advanceDraft, endTrial } from '#sandbox/stripe/deeds/renew-subscription.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { clearable, clearableText, needed, object, oneOf, whole, type Values } from '#sandbox/stripe/kernel/shape.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, timeOf, type World } from '#sandbox/stripe/world.ts'
import { fill, fillCancellation, sharedFields } from './subscription-fields.ts'
import { nextItems } from './subscription-items.ts'

export const anchor = object({ type: needed(oneOf('now', 'unchanged')) })

export const updateFields = {
  ...sharedFields,
  billing_cycle_anchor: anchor,
  cancellation_details: object({ comment: clearableText, feedback: clearableText }),
  pause_collection: clearable(
    object({ behavior: needed(oneOf('keep_as_draft', 'mark_uncollectible', 'void')), resumes_at: whole }),
  ),
  proration_date: whole,
}

type Given = Values<typeof updateFields>

/** What a change that waits for its payment may be made of (https://docs.stripe.com/billing/subscriptions/pending-updates-reference). */
const whilePending = new Set([
  'add_invoice_items',
  'billing_cycle_anchor',
  'items',
  'off_session',
  'payment_behavior',
  'proration_behavior',
  'proration_date',
  'trial_end',
  'trial_from_plan',
])
const itemWhilePending = new Set(['deleted', 'id', 'plan', 'price', 'price_data', 'quantity'])

/** What an ended subscription lets be changed. */
const afterEnd = new Set(['cancellation_details', 'metadata'])

function checkAllowed(subscription: Subscription, given: Given): void {
  const names = Object.keys(given)
  if (isOver(subscription) && names.some((name) => !afterEnd.has(name))) {
    const message = 'A canceled subscription can only update its cancellation_details and metadata.'
    throw invalid(message, { code: 'invalid_canceled_subscription_fields' })
  }
  if (subscription.status === 'incomplete' && given.items !== undefined) {
    const message = `The items of a subscription with status incomplete cannot be changed: its first invoice has to be paid before.`
    throw invalid(message, { param: 'items' })
  }
  if (given.payment_behavior !== 'pending_if_incomplete') return
  const odd =
    names.find((name) => !whilePending.has(name)) ??
    given.items?.flatMap((item, index) =>
      Object.keys(item).flatMap((name) => (itemWhilePending.has(name) ? [] : [`items[${index}][${name}]`])),
    )[0]
  if (odd === undefined) return
  throw invalid(`Passing \`${odd}\` is not supported when \`payment_behavior\` is \`pending_if_incomplete\`.`, {
    param: odd,
  })
}

/**
 * Changes a subscription as asked, or not at all.
 * @throws {Refusal} 400 for what its state or `pending_if_incomplete` does not allow, 402 when `error_if_incomplete` cannot be paid
 */
export function updateSubscription(world: World, id: string, given: Given): Subscription {
  const subscription = find(world, 'subscription', id)
  checkAllowed(subscription, given)
  const before = structuredClone({ subscription, items: itemsOf(world, id) })
  try {
    update(world, subscription, given)
  } catch (refusal) {
    Object.assign(subscription, before.subscription)
    for (const item of itemsOf(world, id)) world.tables.subscription_item.delete(item.id)
    for (const item of before.items) world.tables.subscription_item.set(item.id, item)
    throw refusal
  }
  return subscription
}

function update(world: World, subscription: Subscription, given: Given): void {
  const now = timeOf(world, subscription.customer)
  const anew = given.billing_cycle_anchor?.type === 'now'
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
    if (given.items === undefined && !anew) return
    changeItems(world, subscription, {
      next: nextItems(world, subscription, given.items ?? []),
      proration: given.proration_behavior ?? 'create_prorations',
      at: given.proration_date ?? now,
      anew,
      behavior: given.payment_behavior ?? 'allow_incomplete',
      offSession: given.off_session ?? false,
    })
  })
  if (given.trial_end !== 'now' || subscription.status !== 'trialing') return
  subscription.trial_end = now
  endTrial(world, subscription, now)
  billNow(world, subscription)
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
