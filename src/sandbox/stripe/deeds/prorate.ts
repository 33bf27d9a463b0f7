import { roundMinor } from '#sandbox/stripe/money.ts'
import type { InvoiceLine } from '#sandbox/stripe/objects/invoice.ts'
import type { Price } from '#sandbox/stripe/objects/price.ts'
import type { Subscription, SubscriptionItem } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, rows, type World } from '#sandbox/stripe/world.ts'
import { licensed, subscriptionLine } from './draft-invoice.ts'
import { shareAfterDiscounts } from './redeem-coupon.ts'

/** What the items will be: `id` null for a new one. */
export type NextItem = { id: string | null; price: Price; quantity: number; metadata: { [key: string]: string } }

/**
 * The lines a change of items adds, to the second at `at` (UTC seconds): a credit for what was paid and not used,
 * a debit for the rest of the period. Each line is rounded by itself, then they are summed.
 */
export function prorationLines(world: World, subscription: Subscription, next: NextItem[], at: number): InvoiceLine[] {
  const lines: InvoiceLine[] = []
  const held = itemsOf(world, subscription.id)
  for (const item of held) {
    const after = next.find((one) => one.id === item.id)
    if (after !== undefined && isSame(item, after)) continue
    lines.push(unused(world, subscription, item, at))
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

/** Credits for what was paid ahead and ends at `at` because another period begins. */
export function unusedLines(world: World, subscription: Subscription, at: number): InvoiceLine[] {
  return itemsOf(world, subscription.id)
    .map((item) => unused(world, subscription, item, at))
    .filter((line) => line.amount !== 0)
}

function isSame(item: SubscriptionItem, after: NextItem): boolean {
  return after.price.id === item.sandbox.price && after.quantity === item.quantity
}

function unused(world: World, subscription: Subscription, item: SubscriptionItem, at: number): InvoiceLine {
  const price = find(world, 'price', item.sandbox.price)
  return part(world, subscription, item, { item: item.id, price, quantity: item.quantity }, at, -1)
}

// A credit gives back what was asked for, not what the price says: a discount on it is not given twice.
function shareDebited(world: World, subscription: Subscription, item: SubscriptionItem, product: string): number {
  const line = rows(world, 'invoice')
    .filter((one) => one.parent?.subscription_details.subscription === item.subscription && one.status !== 'void')
    .flatMap((one) => one.lines.data)
    .findLast(
      ({ amount, discountable, period, pricing }) =>
        discountable &&
        amount > 0 &&
        period.end === item.current_period_end &&
        pricing?.price_details.price === item.sandbox.price,
    )
  if (line === undefined) return shareAfterDiscounts(world, subscription, product)
  return 1 - line.discount_amounts.reduce((sum, one) => sum + one.amount, 0) / line.amount
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
  const { product: sells } = sold.price
  const paid =
    sign === 1 ? shareAfterDiscounts(world, subscription, sells) : shareDebited(world, subscription, item, sells)
  const amount = roundMinor(sign * licensed(sold.price, sold.quantity) * share * paid, sold.price.currency)
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
