import type { Outcome, Plan } from '#contract/deed.ts'
import { bookOrder, giveUp, isMoving, settleOrders, type OpenOrder } from '#server/credit-orders.ts'
import type { Hands } from '#server/context.ts'
import { findOrder, insertOrder, noteInvoice, type OrderRecord } from '#server/store/credit-orders.ts'
import { wasBought } from '#server/store/credit-lots.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { BillRefused, billOnce, dueFor, oncePrice, readBilled, type OncePrice } from '#server/stripe/one-off-invoice.ts'
import { sha256 } from '#server/token.ts'
import { chooseCard } from './choose-card.ts'
import type { Payer } from './deed.ts'
import type { Paying } from './pay-invoice.ts'
import { payPlan, type Purse } from './pay-plan.ts'

type Wanted = { readonly pack: string; readonly credits: number; readonly total: NonNullable<Plan['total']> }

/**
 * Buys a pack of credits for the price that was shown. One click is one pack: what an earlier try left unpaid is paid
 * instead of a second one, and who waited behind the same purchase, or looked at an older offer, buys nothing. Throws
 * ApiError not-found, StripeUnreachable.
 */
export async function buyCredits(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { with: chosen, plan, key }: Paying,
): Promise<Outcome> {
  const wanted = wantedBy(hands, plan)
  if (!wanted) return { kind: 'stale' }
  const { customer, ledger, facts } = payer
  // Who could not see how far the ledger was cannot tell a second purchase from the first.
  if (facts.source === 'none') throw new StripeUnreachable('nothing could be read')
  const open = await settleOrders(hands, session, customer)
  const id = sha256(`${key} credits`)
  if ((await findOrder(hands.database, session, id))?.state === 'paid') return { kind: 'done' }
  if (await wasBought(hands.database, session, wanted.pack, { seq: ledger.seq })) return { kind: 'done' }
  const shown = plan.proratedAt
  if (shown !== undefined && (await wasBought(hands.database, session, wanted.pack, { since: shown })))
    return { kind: 'stale' }
  if (open.some((order) => order.pack === wanted.pack && isMoving(order))) return { kind: 'processing' }
  const [price, billed] = await Promise.all([oncePrice(hands.stripe, wanted.pack), readBilled(hands.stripe, customer)])
  const due = price && dueFor(price, billed)
  if (!price || due?.amount !== wanted.total.amount || due.currency !== wanted.total.currency) return { kind: 'stale' }
  const card = await chooseCard(hands, payer, session, { with: chosen, currency: wanted.total.currency })
  if (card.kind === 'none') return card.outcome
  return buy(hands, session, { id, wanted, price, open, purse: { customer, ...card, key } })
}

function wantedBy({ config }: Hands, { price, quantity = 1, invoices, total }: Plan): Wanted | undefined {
  const pack = price === undefined ? undefined : config.credits?.packs[price]
  if (price === undefined || !pack || !total || quantity !== 1 || invoices.length > 0) return undefined
  return { pack: price, credits: pack.credits, total }
}

type Buying = {
  readonly id: string
  readonly wanted: Wanted
  readonly price: OncePrice
  readonly open: readonly OpenOrder[]
  readonly purse: Purse
}

async function buy(hands: Hands, session: SessionRecord, buying: Buying): Promise<Outcome> {
  try {
    const { order, invoice } = await billed(hands, session, buying)
    const outcome = await payPlan(hands, { invoices: [invoice], total: buying.wanted.total }, buying.purse)
    if (outcome.kind === 'done') await bookOrder(hands, order, invoice)
    return outcome
  } catch (error) {
    // Before the payment nothing has moved; what there is of the invoice the next look finds.
    if (error instanceof StripeUnreachable) return { kind: 'unknown' }
    if (error instanceof BillRefused) return { kind: 'stale' }
    throw error
  }
}

/** The order and its open invoice: one that an earlier try left, or a new one. The others are given up. */
async function billed(hands: Hands, { app, account }: SessionRecord, { id, wanted, price, open, purse }: Buying) {
  const { pack, credits, total } = wanted
  const left = open.find(
    (order) =>
      order.pack === pack &&
      order.credits === credits &&
      order.found?.status === 'open' &&
      order.found.remaining === total.amount,
  )
  for (const order of open) if (order !== left && order.id !== id) await giveUp(hands, order)
  if (left?.found) return { order: left as OrderRecord, invoice: left.found.id }
  const { database, stripe, now } = hands
  const order = await insertOrder(database, {
    app,
    account,
    id,
    pack,
    credits,
    price: total,
    automatic: false,
    created: now(),
  })
  const { id: invoice } = await billOnce(stripe, {
    customer: purse.customer,
    price,
    order: id,
    metadata: { fix402_credits: pack },
    keyOf: (step) => sha256(`${purse.key} credits ${step}`),
  })
  await noteInvoice(database, order, invoice, now())
  return { order, invoice }
}
