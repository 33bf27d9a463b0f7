import { attachedPaymentMethod } from '#sandbox/stripe/deeds/mint-payment-method.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import {
  clearable,
  clearableText,
  either,
  flag,
  list,
  metadata,
  needed,
  object,
  oneOf,
  text,
  unmodelled,
  whole,
  type Values,
} from '#sandbox/stripe/kernel/shape.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import type { Price } from '#sandbox/stripe/objects/price.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, timeOf, type World } from '#sandbox/stripe/world.ts'
import { addPrice } from '#sandbox/stripe/deeds/add-price.ts'
import { redeem } from '#sandbox/stripe/deeds/redeem-coupon.ts'
import { discountFields } from './coupons.ts'
import { automaticTax } from './tax-fields.ts'

const recurring = object({ interval: needed(oneOf('day', 'week', 'month', 'year')), interval_count: whole })

export const itemFields = object({
  billing_thresholds: unmodelled,
  clear_usage: flag,
  deleted: flag,
  discounts: unmodelled,
  id: text,
  metadata,
  plan: text,
  price: text,
  price_data: object({
    currency: needed(text),
    product: needed(text),
    recurring,
    tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'),
    unit_amount: whole,
    unit_amount_decimal: text,
  }),
  quantity: whole,
  tax_rates: unmodelled,
})

export const sharedFields = {
  add_invoice_items: unmodelled,
  automatic_tax: automaticTax,
  billing_thresholds: unmodelled,
  cancel_at: clearable(either(oneOf('max_billed_until', 'max_period_end', 'min_period_end'), whole)),
  cancel_at_period_end: flag,
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  days_until_due: whole,
  default_payment_method: clearableText,
  default_source: clearableText,
  default_tax_rates: unmodelled,
  description: clearableText,
  discounts: discountFields,
  invoice_settings: unmodelled,
  items: list(itemFields),
  metadata,
  off_session: flag,
  payment_behavior: oneOf('allow_incomplete', 'default_incomplete', 'error_if_incomplete', 'pending_if_incomplete'),
  payment_settings: object({
    payment_method_options: unmodelled,
    payment_method_types: list(text),
    save_default_payment_method: oneOf('off', 'on_subscription'),
  }),
  proration_behavior: oneOf('always_invoice', 'create_prorations', 'none'),
  trial_end: either(oneOf('now'), whole),
  trial_from_plan: flag,
  trial_settings: object({
    end_behavior: object({
      billing_cycle_anchor: text,
      missing_payment_method: needed(oneOf('cancel', 'create_invoice', 'pause')),
    }),
  }),
}

export type Given = Values<typeof sharedFields>

/** What a form sets on a subscription directly, whatever its items do. */
export function fill(world: World, subscription: Subscription, given: Given): void {
  const { collection_method, days_until_due, description } = given
  const plain = { collection_method, days_until_due, description }
  Object.assign(subscription, Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)))
  subscription.metadata = mergeMetadata(subscription.metadata, given.metadata)
  if (given.default_payment_method !== undefined) {
    const id = given.default_payment_method
    subscription.default_payment_method =
      id === null ? null : attachedPaymentMethod(world, id, subscription.customer, 'default_payment_method').id
  }
  if (given.discounts !== undefined) {
    const by = { customer: subscription.customer, subscription: subscription.id }
    subscription.discounts = redeem(world, given.discounts ?? [], by, true).map(({ id }) => id)
  }
  if (given.automatic_tax !== undefined) {
    const { enabled } = given.automatic_tax
    Object.assign(subscription.automatic_tax, { enabled, liability: enabled ? { type: 'self' } : null })
  }
  const { payment_settings: settings, trial_settings: trial } = given
  if (settings?.payment_method_types !== undefined)
    subscription.payment_settings.payment_method_types = settings.payment_method_types
  if (settings?.save_default_payment_method !== undefined) {
    subscription.payment_settings.save_default_payment_method = settings.save_default_payment_method
  }
  if (trial?.end_behavior !== undefined) {
    subscription.trial_settings.end_behavior.missing_payment_method = trial.end_behavior.missing_payment_method
  }
}

/**
 * Sets or takes back when the subscription is to end.
 * @throws {Refusal} 400 for a moment that is over, or when a schedule decides about it
 */
export function fillCancellation(
  world: World,
  subscription: Subscription,
  given: Pick<Given, 'cancel_at' | 'cancel_at_period_end'>,
): void {
  if (subscription.schedule !== null && (given.cancel_at !== undefined || given.cancel_at_period_end !== undefined)) {
    const message = `The subscription is managed by the subscription schedule \`${subscription.schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`
    throw invalid(message)
  }
  const now = timeOf(world, subscription.customer)
  const ends = itemsOf(world, subscription.id).map((item) => item.current_period_end)
  if (given.cancel_at_period_end !== undefined) {
    const on = given.cancel_at_period_end
    Object.assign(subscription, {
      cancel_at_period_end: on,
      cancel_at: on ? Math.min(...ends) : null,
      canceled_at: on ? now : null,
    })
    subscription.cancellation_details.reason = on ? 'cancellation_requested' : null
  }
  if (given.cancel_at === undefined) return
  const at =
    typeof given.cancel_at === 'string'
      ? given.cancel_at === 'min_period_end'
        ? Math.min(...ends)
        : Math.max(...ends)
      : given.cancel_at
  if (at !== null && at <= now) throw invalid('The cancel_at timestamp must be in the future.', { param: 'cancel_at' })
  Object.assign(subscription, { cancel_at: at, cancel_at_period_end: false, canceled_at: at === null ? null : now })
  subscription.cancellation_details.reason = at === null ? null : 'cancellation_requested'
}

type Item = NonNullable<Given['items']>[number]

/** @throws {Refusal} 400 when the item names no price */
export function priceOf(world: World, item: Item, index: number): Price {
  const id = item.price ?? item.plan
  if (id !== undefined) {
    const price = find(world, 'price', id, `items[${index}][price]`)
    if (!price.active)
      throw invalid('The price specified is inactive. This field only accepts active prices.', {
        param: `items[${index}][price]`,
      })
    return price
  }
  if (item.price_data === undefined)
    throw invalid(`Missing required param: items[${index}][price].`, {
      code: 'parameter_missing',
      param: `items[${index}][price]`,
    })
  find(world, 'product', item.price_data.product, `items[${index}][price_data][product]`)
  return addPrice(world, item.price_data.product, item.price_data)
}
