import type { Config } from './config.ts'
import type { AccountKey } from './store/accounts.ts'
import { bookPurchase } from './store/credits.ts'
import { endOrder, findOpenOrders, noteInvoice, type OrderRecord } from './store/credit-orders.ts'
import type { Database } from './store/database.ts'
import type { StripeClient } from './stripe/client.ts'
import { discard, findOrdered } from './stripe/one-off-invoice.ts'
import { readInvoice, type InvoiceState } from './stripe/pay-invoice.ts'

const DAY = 86_400

export type OrderParts = {
  readonly config: Config
  readonly database: Database
  readonly stripe: StripeClient
  readonly now: () => number
}

/** An order that has not ended, and its invoice where there is one. */
export type OpenOrder = OrderRecord & { readonly found: InvoiceState | undefined }

/**
 * Looks what became of every open order: what was paid is booked, once, whoever sees it first. Answers those that are
 * still open. Throws StripeUnreachable.
 */
export async function settleOrders(
  parts: OrderParts,
  key: AccountKey,
  customer: string,
): Promise<readonly OpenOrder[]> {
  const open: OpenOrder[] = []
  for (const order of await findOpenOrders(parts.database, key)) {
    const found = await look(parts, order, customer)
    if (found?.status === 'paid') await bookOrder(parts, order, found.id)
    else if (found?.status === 'void') await endOrder(parts.database, order, 'void', parts.now())
    else open.push({ ...order, found })
  }
  return open
}

async function look({ database, stripe, now }: OrderParts, order: OrderRecord, customer: string) {
  const id = order.invoice ?? (await findOrdered(stripe, customer, order.id))?.id
  if (id === undefined) return undefined
  if (order.invoice === undefined) await noteInvoice(database, order, id, now())
  return readInvoice(stripe, id)
}

/** The credits of a paid order. */
export async function bookOrder(
  { config, database, now }: OrderParts,
  order: OrderRecord,
  invoice: string,
): Promise<void> {
  const days = config.credits?.expireDays
  const { pack, credits } = order
  await database.transaction(async (queries) => {
    const expires = days === undefined ? {} : { expires: now() + days * DAY }
    await bookPurchase(queries, order, { invoice, pack, credits, ...expires }, now())
    await endOrder(queries, order, 'paid', now())
  })
}

/** Gives up an order that is not paid. One that is being paid, or was paid meanwhile, stays. Throws StripeUnreachable. */
export async function giveUp({ database, stripe, now }: OrderParts, order: OpenOrder): Promise<void> {
  const { found } = order
  if (isMoving(order)) return
  if (!found || (await discard(stripe, found))) await endOrder(database, order, 'void', now())
}

/** Whether money is on its way for it. */
export function isMoving({ found }: OpenOrder): boolean {
  return found?.payment.state === 'processing' || found?.payment.state === 'succeeded'
}
