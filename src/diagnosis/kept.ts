import type { Instant, Item, Kept, Subscription } from './account.ts'
import { sum, type Money } from './money.ts'

/** What of an item was paid for and holds at that instant. */
export function inForce(item: Item, now: Instant): Item | Kept {
  return item.keeps && now < item.keeps.until ? item.keeps : item
}

/** A change that was chosen and begins at `until`. */
export type Planned = { readonly item: Item; readonly keeps: Kept }

/** The first change that a subscription waits for; undefined where everything is as it was bought. */
export function plannedIn({ items }: Pick<Subscription, 'items'>, now: Instant): Planned | undefined {
  return items.flatMap((item) => (item.keeps && now < item.keeps.until ? [{ item, keeps: item.keeps }] : []))[0]
}

/** A subscription as what was paid for: the name, the number and, where it is known, the price of what holds now. */
export function asHeld(
  subscription: Subscription,
  now: Instant,
): { readonly plan: string; readonly quantity: number; readonly price?: Money } {
  const { plan, quantity, price, items } = subscription
  const [first] = items
  if (!first || !plannedIn(subscription, now)) return { plan, quantity, ...(price && { price }) }
  const held = inForce(first, now)
  const prices = items.flatMap((item) => costOf(inForce(item, now)) ?? [])
  const total = prices.length === items.length ? sum(prices) : undefined
  return {
    plan: held === first ? plan : (first.keeps?.plan ?? plan),
    quantity: held.quantity,
    ...(total && { price: total }),
  }
}

/** What an item costs for one interval. */
export function costOf(bought: { readonly each?: Money | undefined; readonly quantity: number }): Money | undefined {
  const { each, quantity } = bought
  return each && { amount: each.amount * quantity, currency: each.currency }
}
