import type { AutoRecharge } from '#contract/offer.ts'
import type { Account } from '#diagnosis/account.ts'
import type { Reading } from './account.ts'
import { bookOrder, giveUp, isMoving, settleOrders, type OpenOrder } from './credit-orders.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { monthOf } from './periods.ts'
import type { AccountKey } from './store/accounts.ts'
import { findRecharge, markLooked, markRecharge, saveRecharge, type RechargeRecord } from './store/auto-recharge.ts'
import { insertOrder, noteInvoice, sumAutomaticOrders, type OrderRecord } from './store/credit-orders.ts'
import { billOnce, dueFor, oncePrice, oncePrices, readBilled } from './stripe/one-off-invoice.ts'
import { payInvoice, type PayResult } from './stripe/pay-invoice.ts'
import { randomId, sha256 } from './token.ts'

/** What is proposed: to buy the smallest pack when a tenth of it is left, and no more than five of them in a month. */
const LEFT = 0.1
const TIMES = 5

/**
 * How credits buy themselves; where the customer has set nothing, switched off and with a proposal. Undefined where the
 * merchant does not allow it, or sells no pack now. Throws StripeUnreachable.
 */
export async function autoRechargeOf(hands: Hands, key: AccountKey): Promise<AutoRecharge | undefined> {
  const { config, database, stripe, now } = hands
  if (!config.credits?.autoRecharge) return undefined
  const set = await findRecharge(database, key)
  if (set) return { on: set.on, pack: set.pack, threshold: set.threshold, monthly: set.monthly }
  const packs = Object.entries(config.credits.packs).toSorted(([, a], [, b]) => a.credits - b.credits)
  const prices = await oncePrices(
    stripe,
    packs.map(([pack]) => pack),
    now(),
  )
  for (const [pack, { credits }] of packs) {
    const price = prices.get(pack)?.price
    const monthly = price && { amount: price.amount * TIMES, currency: price.currency }
    if (monthly) return { on: false, pack, threshold: Math.ceil(credits * LEFT), monthly }
  }
  return undefined
}

/** Sets it. Throws ApiError not-found where the merchant does not allow it, invalid-request with the wrong fields. */
export async function setAutoRecharge(hands: Hands, reading: Reading, wish: AutoRecharge): Promise<void> {
  const { config, database, stripe, now } = hands
  if (!config.credits?.autoRecharge) throw new ApiError('not-found', 'Credits do not buy themselves here')
  const price = config.credits.packs[wish.pack] && (await oncePrice(stripe, wish.pack))?.price
  if (!price) throw wrong('pack', 'There is no such pack')
  if (price.currency !== wish.monthly.currency) throw wrong('monthly', `The pack is sold in ${price.currency}`)
  if (wish.on && wish.monthly.amount < price.amount) throw wrong('monthly', 'Less than one pack costs')
  if (wish.on && defaultMethod(reading.facts) === undefined) throw wrong('on', 'There is no payment method on file')
  await saveRecharge(database, reading.record, wish, now())
}

function wrong(path: string, message: string): ApiError {
  return new ApiError('invalid-request', `${path}: ${message}`, { errors: [{ path, message }] })
}

/**
 * Buys one pack when the balance is below the threshold: off session, with the default method, never above the month's
 * sum. What an earlier purchase came to is looked at before anything else is bought. To be called under the account's
 * lock, and again as long as it answers that something was bought. Throws StripeUnreachable.
 */
export async function recharge(hands: Hands, key: AccountKey): Promise<boolean> {
  const { database, now } = hands
  const began = now()
  const setting = await findRecharge(database, key)
  const reading = await hands.airlock.read(key, { fresh: true })
  const customer = reading?.record.customer
  if (!setting || !reading || customer === undefined || reading.facts.source !== 'live') return false
  const { left, isBusy } = await sift(hands, setting, await settleOrders(hands, key, customer))
  const isLow = setting.on && reading.ledger.balance < setting.threshold
  if (!isLow && left) await giveUp(hands, left)
  const bought = isLow && !isBusy && (await buyPack(hands, { ...reading, customer }, setting, left))
  await markLooked(database, key, bought ? 0 : began)
  return bought
}

/** What is left of earlier purchases: one whose payment nobody has answered yet, and whether money is moving. */
async function sift(hands: Hands, setting: RechargeRecord, open: readonly OpenOrder[]) {
  let left: OpenOrder | undefined
  for (const order of open.filter(({ automatic }) => automatic)) {
    if (isMoving(order)) continue
    const refused = order.found?.payment.error !== undefined || order.found?.payment.state === 'requires_action'
    if (!refused && order.pack === setting.pack) left = order
    // Set anew since: the customer wants it tried again.
    else if (!refused || order.created <= setting.updated) await giveUp(hands, order)
    else await markRecharge(hands.database, order, 'declined', hands.now())
  }
  return { left, isBusy: open.some(isMoving) }
}

/** Whether a pack was bought. */
async function buyPack(
  hands: Hands,
  { record, facts, customer }: Reading & { customer: string },
  { pack, monthly }: RechargeRecord,
  left: OpenOrder | undefined,
): Promise<boolean> {
  const { config, database, stripe, now } = hands
  const credits = config.credits?.packs[pack]?.credits
  const price = await oncePrice(stripe, pack)
  const due = price && dueFor(price, await readBilled(stripe, customer))
  const method = defaultMethod(facts)
  const spent = await sumAutomaticOrders(database, record, monthly.currency, monthOf(now()).since)
  const before = left && left.created >= monthOf(now()).since ? spent - left.price.amount : spent
  if (
    !price ||
    !due ||
    credits === undefined ||
    due.currency !== monthly.currency ||
    before + due.amount > monthly.amount
  ) {
    await markRecharge(database, record, 'monthly', now())
    return false
  }
  if (method === undefined) {
    await markRecharge(database, record, 'declined', now())
    return false
  }
  const { app, account } = record
  const id = sha256(`recharge ${randomId()}`)
  const order =
    left ??
    (await insertOrder(database, { app, account, id, pack, credits, price: due, automatic: true, created: now() }))
  const keyOf = (step: string) => sha256(`${order.id} ${step}`)
  const metadata = { fix402_credits: pack }
  const invoice = await billOnce(stripe, { customer, price, order: order.id, metadata, keyOf })
  await noteInvoice(database, order, invoice.id, now())
  if (invoice.remaining > due.amount) {
    await giveUp(hands, { ...order, found: invoice })
    return false
  }
  const paid: PayResult =
    invoice.status === 'paid'
      ? { kind: 'paid' }
      : await payInvoice(stripe, invoice.id, { method, offSession: true, key: keyOf(`pay ${method}`) })
  return follow(hands, order, invoice.id, paid)
}

/** Silence and money on its way are looked at again; what a bank refuses is not asked of it a second time. */
async function follow(hands: Hands, order: OrderRecord, invoice: string, { kind }: PayResult): Promise<boolean> {
  if (kind === 'paid') {
    await bookOrder(hands, order, invoice)
    await markRecharge(hands.database, order, undefined, hands.now())
    return true
  }
  if (kind !== 'processing' && kind !== 'unknown') await markRecharge(hands.database, order, 'declined', hands.now())
  return false
}

/** The customer's own default, else the one that the oldest living subscription is charged to. */
function defaultMethod(facts: Account): string | undefined {
  const pinned = facts.subscriptions.find(({ method, endedAt }) => method !== undefined && endedAt === undefined)
  return facts.method?.id ?? pinned?.method?.id
}
