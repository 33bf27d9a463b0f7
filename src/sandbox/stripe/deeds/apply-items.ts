import { newId } from '#sandbox/stripe/ids.ts'
import { newSubscriptionItem, type Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import type { Period } from './plan-change.ts'

/** What an item will be; `id` null for a new one, `price` by its id. */
export type AppliedItem = { id: string | null; price: string; quantity: number; metadata: { [key: string]: string } }

/** Makes the subscription's items these, in the running period or, with `fresh`, in one that begins with them. */
export function applyItems(world: World, subscription: Subscription, next: AppliedItem[], fresh: Period | null): void {
  const held = itemsOf(world, subscription.id)
  const [first] = held
  for (const item of held) {
    const after = next.find((one) => one.id === item.id)
    if (after === undefined) world.tables.subscription_item.delete(item.id)
    else Object.assign(item, { quantity: after.quantity, metadata: after.metadata, sandbox: { price: after.price } })
  }
  if (first === undefined) return
  const { current_period_start: start, current_period_end: end } = first
  const period = fresh ?? { start, end }
  const created = timeOf(world, subscription.customer)
  for (const { id, price, quantity, metadata } of next) {
    if (id !== null) continue
    const item = newSubscriptionItem({
      id: newId('si', 14),
      created,
      current_period_start: period.start,
      current_period_end: period.end,
      quantity,
      subscription: subscription.id,
      sandbox: { price },
    })
    world.tables.subscription_item.set(item.id, { ...item, metadata })
  }
  if (fresh === null) return
  subscription.billing_cycle_anchor = fresh.start
  for (const item of itemsOf(world, subscription.id))
    Object.assign(item, { current_period_start: fresh.start, current_period_end: fresh.end })
}
