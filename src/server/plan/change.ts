import type { Outcome, Plan } from '#contract/deed.ts'
import type { Instant, Item, Kept } from '#diagnosis/account.ts'
import { inForce, plannedIn } from '#diagnosis/kept.ts'
import type { Hands } from '#server/context.ts'
import { waitingInvoice } from '#server/fixes/change-plan.ts'
import type { Payer } from '#server/fixes/deed.ts'
import { choiceFor, isAsShown, isDone, quoteChange, seatsOf, stillStands } from '#server/plan-change.ts'
import { laterAt, lesseningOf, paidFor, quoteLater, type Wanted } from '#server/plan-later.ts'
import { soldPrice } from '#server/stripe/catalogue.ts'
import { changeItems, voidInvoice } from '#server/stripe/change-items.ts'
import { lessen } from '#server/stripe/lessen.ts'
import { readSubscriptions, type BilledItem, type SubscriptionState } from '#server/stripe/subscriptions.ts'
import { sha256 } from '#server/token.ts'
import { leastSeats } from './seats.ts'
import { settle } from './settle.ts'

/** Which item becomes what. */
type Change = {
  readonly subscription: SubscriptionState
  readonly item: BilledItem
  readonly wanted: Wanted
}

type Deed = { readonly plan: Plan; readonly key: string; readonly customer: string }

/**
 * Changes a plan, or how many seats it has, where nothing is due now: later, with the next period, or at once. Whatever
 * was shown is reckoned again, and anything else is refused; no card is touched.
 */
export async function changeForNothing(hands: Hands, payer: Payer, plan: Plan, key: string): Promise<Outcome> {
  const change = await changeFor(hands, payer, plan)
  if (!change) return { kind: 'stale' }
  const waiting = await waitingInvoice(hands, payer, change.subscription)
  if (waiting?.payment.state === 'processing') return { kind: 'processing' }
  const deed: Deed = { plan, key, customer: payer.customer }
  const letGo = async () => {
    if (waiting) await voidInvoice(hands.stripe, waiting.id)
  }
  return plan.later
    ? changeLater(hands, change, { ...deed, later: plan.later }, letGo)
    : changeNow(hands, change, deed, letGo)
}

/** What the plan speaks of, as Stripe has it at this moment; undefined where there is no such thing (any more). */
async function changeFor(hands: Hands, payer: Payer, plan: Plan): Promise<Change | undefined> {
  const { subscription: id, price: key, quantity } = plan
  if (key === undefined || quantity === undefined) return undefined
  const { plans = {} } = hands.config.policy
  const now = hands.now()
  const subscriptions = await readSubscriptions(hands.stripe, payer.customer)
  const seats = seatsOf(subscriptions, plans, now)
  const held = seats && inForce(seats.item, now)
  if (seats && held && seats.subscription.id === id && held.key === key) {
    if (quantity < held.quantity && quantity < leastSeats(payer.record)) return undefined
    const { each } = await paidFor(hands, seats.item)
    const { subscription, item } = seats
    return { subscription, item, wanted: { each, price: held.price, interval: item.interval, quantity } }
  }
  const choice = choiceFor(subscriptions, plans, now)
  if (choice.kind !== 'change' || choice.subscription.id !== id || plans[key]?.offered !== true) return undefined
  const sold = await soldPrice(hands.stripe, key, now)
  const { subscription, item } = choice
  const { price: each, id: price, interval } = sold ?? {}
  return price === undefined ? undefined : { subscription, item, wanted: { each, price, interval, quantity } }
}

/** It begins with the next period, and costs then what was shown. */
async function changeLater(
  hands: Hands,
  { subscription, item, wanted }: Change,
  { later, key, customer }: Deed & { readonly later: NonNullable<Plan['later']> },
  letGo: () => Promise<void>,
): Promise<Outcome> {
  const now = hands.now()
  const to = lesseningOf(subscription, item, { ...wanted, at: later.at })
  const isPlanned = ({ items, cancelAt }: SubscriptionState) =>
    !(later.goesOn && cancelAt === later.at) &&
    items.some((one) => one.id === item.id && isAs(one, wanted) && one.keeps?.until === later.at)
  if (isPlanned(subscription)) return { kind: 'done' }
  const paid = await paidFor(hands, item)
  if (laterAt(subscription, item, { paid, wanted, now }) !== later.at) return { kind: 'stale' }
  if ((to.end !== undefined) !== (later.goesOn ?? false)) return { kind: 'stale' }
  const quote = await quoteLater(hands, to, { customer, at: later.at })
  const due = quote?.later?.due
  if (due?.amount !== later.due.amount || due.currency !== later.due.currency) return { kind: 'stale' }
  await letGo()
  const keeps = { ...keptOf(paid, later.at), ...(to.end && { ends: true as const }) }
  const heard = await lessen(hands.stripe, to, keeps, { key: sha256(`${key} later`) })
  const read = () => readSubscriptions(hands.stripe, customer)
  return settle(read, { id: subscription.id, heard, isDone: isPlanned })
}

function isAs(one: Item, wanted: Pick<Item, 'price' | 'quantity'>): boolean {
  return one.price === wanted.price && one.quantity === wanted.quantity
}

/** What a first choice took back stays taken back by a second one, and comes again with what is kept. */
function keptOf(paid: Item | Kept, until: Instant): Kept {
  const { price, key, quantity } = paid
  return {
    price,
    quantity,
    until,
    ...(key !== undefined && { key }),
    ...('ends' in paid && paid.ends && { ends: paid.ends }),
  }
}

/** It begins at once, and what is left of what was paid is credited as it was shown. */
async function changeNow(
  hands: Hands,
  { subscription, item, wanted: { price, quantity } }: Change,
  { plan, key, customer }: Deed,
  letGo: () => Promise<void>,
): Promise<Outcome> {
  const { proratedAt: at } = plan
  if (at === undefined || plannedIn({ items: [item] }, hands.now())) return { kind: 'stale' }
  const change = { subscription, item: item.id, price, quantity, at }
  if (isDone(change)) return { kind: 'done' }
  if (!stillStands(subscription, plan, hands.now())) return { kind: 'stale' }
  const quote = await quoteChange(hands, change, customer)
  if (!isAsShown(quote, plan) || quote?.due.amount !== 0) return { kind: 'stale' }
  await letGo()
  const { heard } = await changeItems(hands.stripe, change, { waits: false, key: sha256(`${key} now`) })
  const done = (now: SubscriptionState) => isDone({ ...change, subscription: now })
  const read = () => readSubscriptions(hands.stripe, customer)
  return settle(read, { id: subscription.id, heard, isDone: done })
}
