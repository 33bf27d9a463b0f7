import type { InvoiceLine } from '#sandbox/stripe/objects/invoice.ts'
import type { Price } from '#sandbox/stripe/objects/price.ts'
import type { Subscription, SubscriptionItem } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, type World } from '#sandbox/stripe/world.ts'
import { licensed, subscriptionLine } from './draft-invoice.ts'

/** What the items will be: `id` null for a new one. */
export type NextItem = { id: string | null; price: Price; quantity: number; metadata: { [key: string]: string } }

/**
 * The lines a change of items adds, to the second at `at` (UTC seconds): a credit for what was paid and not used,
 * a debit for the rest of the period. Each line is rounded by itself, then they are summed.
 */
export function prorationLines(world: World, subscription: Subscription, next: NextItem[], at: number): InvoiceLine[] {
  if (subscription.status === 'trialing') return []
  const lines: InvoiceLine[] = []
  const held = itemsOf(world, subscription.id)
  for (const item of held) {
    const after = next.find((one) => one.id === item.id)
    const price = find(world, 'price', item.sandbox.price)
    if (after !== undefined && after.price.id === price.id && after.quantity === item.quantity) continue
    lines.push(part(world, subscription, item, { item: item.id, price, quantity: item.quantity }, at, -1))
    if (after !== undefined)
      lines.push(
        part(world, subscription, item, { item: item.id, price: after.price, quantity: after.quantity }, at, 1),
      )
  }
  const [first] = held
  for (const added of next) {
    if (added.id !== null || first === undefined) continue
    lines.push(
      part(world, subscription, first, { item: 'si_new', price: added.price, quantity: added.quantity }, at, 1),
    )
  }
  return lines
}

function part(
  world: World,
  subscription: Subscription,
  item: SubscriptionItem,
  sold: { item: string; price: Price; quantity: number },
  at: number,
  sign: 1 | -1,
): InvoiceLine {
  const { current_period_start: start, current_period_end: end } = item
  const share = (end - Math.min(Math.max(at, start), end)) / (end - start)
  const amount = sign * Math.round(licensed(sold.price, sold.quantity) * share)
  const product = find(world, 'product', sold.price.product)
  const what = sold.quantity === 1 ? product.name : `${sold.quantity} × ${product.name}`
  const date = new Date(at * 1000).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
  const description = `${sign === -1 ? 'Unused time on' : 'Remaining time on'} ${what} after ${date}`
  return subscriptionLine(world, subscription.id, sold, { start: at, end }, { amount, description, proration: true })
}
