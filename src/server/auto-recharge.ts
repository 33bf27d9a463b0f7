import type { AutoRecharge } from '#contract/offer.ts'
import type { Account, Method } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import { canPayIn } from '#diagnosis/payable-currencies.ts'
import type { Reading } from './account.ts'
import { bookOrder, giveUp, isMoving, settleOrders, type OpenOrder } from './credit-orders.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { monthOf } from './periods.ts'
import type { AccountKey } from './store/accounts.ts'
import { findRecharge, markLooked, markRecharge, saveRecharge, type RechargeRecord } from './store/auto-recharge.ts'
import { findOpenOrders, insertOrder, noteInvoice, sumAutomaticOrders } from './store/credit-orders.ts'
import type { Database } from './store/database.ts'
import { StripeUnreachable } from './stripe/client.ts'
import {
  BillRefused,
  billOnce,
  dueFor,
  oncePrice,
  oncePrices,
  readBilled,
  type OncePrice,
} from './stripe/one-off-invoice.ts'
import { payInvoice, readInvoice, type PayResult } from './stripe/pay-invoice.ts'
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
  const method = defaultMethod(reading.facts)
  if (wish.on && method === undefined) throw wrong('on', 'There is no payment method on file')
  if (wish.on && method && !canPayIn(method, price.currency))
    throw wrong('on', `The payment method on file cannot pay in ${price.currency}`)
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
  const seen = await hands.airlock.read(key, { fresh: false })
  const customer = seen?.record.customer
  if (!setting || !seen || customer === undefined || seen.facts.source !== 'live') return false
  const isLow = setting.on && seen.record.hold === undefined && seen.ledger.balance < setting.threshold
  // Reports come often and find enough credits: Stripe is asked only where it may have to answer something.
  const bought = (isLow || (await hasOpenOrders(database, key))) && (await see(hands, key, { customer, setting }))
  await markLooked(database, key, bought ? 0 : began)
  return bought
}

async function hasOpenOrders(database: Database, key: AccountKey): Promise<boolean> {
  return (await findOpenOrders(database, key)).some(({ automatic }) => automatic)
}

type Seeing = { readonly customer: string; readonly setting: RechargeRecord }

async function see(hands: Hands, key: AccountKey, { customer, setting }: Seeing): Promise<boolean> {
  const { left, waits } = await sift(hands, setting, await settleOrders(hands, key, customer))
  const reading = await hands.airlock.read(key, { fresh: true })
  if (reading?.facts.source !== 'live') throw new StripeUnreachable('no answer')
  const isLow = setting.on && reading.ledger.balance < setting.threshold
  if (left && (!isLow || waits)) await giveUp(hands, left)
  return isLow && !waits && buyPack(hands, { ...reading, customer }, setting, left)
}

/** What is left of earlier purchases: one whose payment nobody has answered yet, and whether to wait or stop for one. */
async function sift(hands: Hands, setting: RechargeRecord, open: readonly OpenOrder[]) {
  let left: OpenOrder | undefined
  let waits = open.some(isMoving)
  for (const order of open.filter((one) => one.automatic && !isMoving(one))) {
    const refused = order.found?.payment.error !== undefined || order.found?.payment.state === 'requires_action'
    if (!refused && order.pack === setting.pack) {
      left = order
      continue
    }
    await giveUp(hands, order)
    // Set anew since: the customer wants it tried again.
    if (!refused || order.created <= setting.updated) continue
    await markRecharge(hands.database, order, 'declined', hands.now())
    waits = true
  }
  return { left, waits }
}

type Buyer = Reading & { readonly customer: string }

/** Whether a pack was bought. */
async function buyPack(hands: Hands, buyer: Buyer, setting: RechargeRecord, left?: OpenOrder): Promise<boolean> {
  const { record, facts, customer } = buyer
  const { database, stripe, now } = hands
  const price = await oncePrice(stripe, setting.pack)
  const due = price && dueFor(price, await readBilled(stripe, customer))
  const face = defaultMethod(facts)
  const method = face && canPayIn(face, price?.price.currency) ? face.id : undefined
  if (!price || !due || !(await isWithinMonth(hands, record, { due, setting, left }))) {
    await markRecharge(database, record, 'monthly', now())
    return false
  }
  const invoice = method === undefined ? undefined : await bill(hands, buyer, { price, due, left })
  if (method === undefined || !invoice) {
    await markRecharge(database, record, 'declined', now())
    return false
  }
  const { order, state } = invoice
  const paid =
    state.status === 'paid'
      ? { kind: 'paid' as const }
      : await payInvoice(stripe, state.id, { method, offSession: true, key: sha256(`${order.id} pay ${method}`) })
  return follow(hands, { ...order, found: state }, paid)
}

type Costs = { readonly due: Money; readonly setting: RechargeRecord; readonly left: OpenOrder | undefined }

/** What was begun in this month counts, whether or not anybody knows yet that it was paid. */
async function isWithinMonth({ database, now }: Hands, key: AccountKey, { due, setting, left }: Costs) {
  const { monthly } = setting
  const { since } = monthOf(now())
  const begun = await sumAutomaticOrders(database, key, monthly.currency, since)
  const others = left && left.created >= since ? begun - left.price.amount : begun
  return due.currency === monthly.currency && others + due.amount <= monthly.amount
}

type Billing = { readonly price: OncePrice; readonly due: Money; readonly left: OpenOrder | undefined }

/** The open invoice to be paid: the one that is left, or a new one, written down first. Undefined where Stripe refuses. */
async function bill(hands: Hands, { record, customer }: Buyer, { price, due, left }: Billing) {
  const { config, database, stripe, now } = hands
  if (left?.found?.status === 'open' && left.found.remaining === due.amount) return { order: left, state: left.found }
  if (left) await giveUp(hands, left)
  const { app, account } = record
  const order = await insertOrder(database, {
    app,
    account,
    id: sha256(`recharge ${randomId()}`),
    pack: price.key,
    credits: config.credits?.packs[price.key]?.credits ?? 0,
    price: due,
    automatic: true,
    created: now(),
  })
  const keyOf = (step: string) => sha256(`${order.id} ${step}`)
  const metadata = { fix402_credits: price.key }
  try {
    const state = await billOnce(stripe, { customer, price, order: order.id, metadata, keyOf })
    await noteInvoice(database, order, state.id, now())
    if (state.remaining <= due.amount) return { order, state }
    await giveUp(hands, { ...order, found: state })
    return undefined
  } catch (error) {
    if (!(error instanceof BillRefused)) throw error
    await giveUp(hands, { ...order, found: undefined })
    return undefined
  }
}

/** Silence and money on its way are looked at again; what a bank refuses is not asked of it a second time. */
async function follow(hands: Hands, order: OpenOrder, { kind }: PayResult): Promise<boolean> {
  const { database, stripe, now } = hands
  if (!order.found || kind === 'processing' || kind === 'unknown') return false
  if (kind === 'paid') {
    await bookOrder(hands, order, order.found.id)
    await markRecharge(database, order, undefined, now())
    return true
  }
  await markRecharge(database, order, 'declined', now())
  await giveUp(hands, { ...order, found: await readInvoice(stripe, order.found.id) })
  return false
}

/** The customer's own default, else the one that the oldest living subscription is charged to. */
export function defaultMethod(facts: Account): Method | undefined {
  const pinned = facts.subscriptions.find(({ method, endedAt }) => method !== undefined && endedAt === undefined)
  return facts.method ?? pinned?.method
}
