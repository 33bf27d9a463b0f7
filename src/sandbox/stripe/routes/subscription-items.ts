import type { NextItem } from '#sandbox/stripe/deeds/prorate.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, type World } from '#sandbox/stripe/world.ts'
import { priceOf, type Given } from './subscription-fields.ts'

/**
 * A subscription's items after a change; those of a new one when there is none yet.
 * @throws {Refusal} 400 for an item or price that is not there, or when nothing would be left
 */
export function nextItems(
  world: World,
  subscription: Subscription | null,
  given: NonNullable<Given['items']>,
): NextItem[] {
  const held = subscription === null ? [] : itemsOf(world, subscription.id)
  const next: NextItem[] = held.map((item) => ({
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
    const was = next[at]
    if (was === undefined)
      throw invalid(`No such subscription_item: '${item.id}'`, {
        code: 'resource_missing',
        param: `items[${index}][id]`,
      })
    if (item.deleted === true) {
      next.splice(at, 1)
      continue
    }
    const named = item.price !== undefined || item.plan !== undefined || item.price_data !== undefined
    const price = named ? priceOf(world, item, index) : was.price
    next[at] = {
      ...was,
      price,
      quantity: item.quantity ?? was.quantity,
      metadata: mergeMetadata(was.metadata, item.metadata),
    }
  }
  if (next.length === 0 && subscription !== null) throw invalid('A subscription must have at least one active item.')
  return next
}
