import type { Wire } from './kernel/errors.ts'
import type { Price } from './objects/price.ts'
import type { Subscription, SubscriptionItem } from './objects/subscription.ts'
import { rows, type Row, type World } from './world.ts'

/** The object as Stripe answers it: a copy, without what only the sandbox knows. */
export function present(world: World, row: Row): Wire {
  if (row.object === 'customer' && row.sandbox.deleted) return { id: row.id, object: 'customer', deleted: true }
  const { sandbox: _, ...wire } = { sandbox: undefined, ...structuredClone(row) }
  if (row.object === 'subscription') return { ...wire, items: presentItems(world, row) }
  if (row.object === 'subscription_item') return { ...wire, ...pricing(world, row) }
  return wire
}

/** A deleted thing: `{id, object, deleted: true}`. */
export function presentDeleted(row: { id: string; object: string }): Wire {
  return { id: row.id, object: row.object, deleted: true }
}

export function itemsOf(world: World, subscription: string): SubscriptionItem[] {
  return rows(world, 'subscription_item').filter((item) => item.subscription === subscription)
}

function presentItems(world: World, subscription: Subscription): Wire {
  const data = itemsOf(world, subscription.id).map((item) => present(world, item))
  return { object: 'list', data, has_more: false, url: `/v1/subscription_items?subscription=${subscription.id}` }
}

function pricing(world: World, item: SubscriptionItem): Wire {
  const price: Price | undefined = world.tables.price.get(item.sandbox.price)
  return { price: price === undefined ? null : present(world, price), plan: { id: item.sandbox.price, object: 'plan' } }
}
