import type { Money } from '#diagnosis/money.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

/** The intention to buy a pack. `id` is in the invoice's metadata, so that an invoice whose answer was lost is found. */
export type OrderRecord = AccountKey & {
  readonly id: string
  readonly pack: string
  readonly credits: number
  readonly price: Money
  /** Whether nobody was there: credits that buy themselves. */
  readonly automatic: boolean
  readonly state: 'open' | 'paid' | 'void'
  readonly invoice?: string
  readonly created: number
}

const OrderRow = z.object({
  app: z.string(),
  account: z.string(),
  id: z.string(),
  pack: z.string(),
  credits: z.coerce.number(),
  amount: z.coerce.number(),
  currency: z.string(),
  automatic: z.boolean(),
  state: z.enum(['open', 'paid', 'void']),
  invoice: z.string().nullable(),
  created: z.coerce.number(),
})

/** Written down once: the same id again is the same order. */
export async function insertOrder(
  database: Queries,
  { app, account, id, pack, credits, price, automatic, created }: Omit<OrderRecord, 'state' | 'invoice'>,
): Promise<OrderRecord> {
  await database.query(
    `insert into credit_orders (app, account, id, pack, credits, amount, currency, automatic, created, updated)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) on conflict do nothing`,
    [app, account, id, pack, credits, price.amount, price.currency, automatic, created],
  )
  const [row] = await database.query('select * from credit_orders where app = $1 and account = $2 and id = $3', [
    app,
    account,
    id,
  ])
  return parse(row)
}

/** Oldest first. */
export async function findOpenOrders(database: Queries, { app, account }: AccountKey): Promise<readonly OrderRecord[]> {
  const rows = await database.query(
    `select * from credit_orders where app = $1 and account = $2 and state = 'open' order by created, id`,
    [app, account],
  )
  return rows.map(parse)
}

export async function findOrder(database: Queries, { app, account }: AccountKey, id: string) {
  const [row] = await database.query('select * from credit_orders where app = $1 and account = $2 and id = $3', [
    app,
    account,
    id,
  ])
  return row && parse(row)
}

/** Accounts with an order that nobody has ended since `before` (unix seconds). */
export async function findForgottenOrders(
  database: Queries,
  before: number,
  limit: number,
): Promise<readonly AccountKey[]> {
  const rows = await database.query(
    `select distinct app, account from credit_orders where state = 'open' and created < $1 limit $2`,
    [before, limit],
  )
  return rows.map((row) => z.object({ app: z.string(), account: z.string() }).parse(row))
}

export async function noteInvoice(
  database: Queries,
  { app, account, id }: AccountKey & { id: string },
  invoice: string,
  now: number,
): Promise<void> {
  await database.query(
    'update credit_orders set invoice = $4, updated = $5 where app = $1 and account = $2 and id = $3',
    [app, account, id, invoice, now],
  )
}

export async function endOrder(
  database: Queries,
  { app, account, id }: AccountKey & { id: string },
  state: 'paid' | 'void',
  now: number,
): Promise<void> {
  await database.query(
    'update credit_orders set state = $4, updated = $5 where app = $1 and account = $2 and id = $3',
    [app, account, id, state, now],
  )
}

/** What automatic orders since `since` (unix seconds) cost or may still cost, in minor units of `currency`. */
export async function sumAutomaticOrders(
  database: Queries,
  { app, account }: AccountKey,
  currency: string,
  since: number,
): Promise<number> {
  const [row] = await database.query(
    `select coalesce(sum(amount), 0)::bigint as total from credit_orders
     where app = $1 and account = $2 and automatic and state <> 'void' and currency = $3 and created >= $4`,
    [app, account, currency, since],
  )
  return z.object({ total: z.coerce.number() }).parse(row).total
}

function parse(row: Row | undefined): OrderRecord {
  const { amount, currency, invoice, ...order } = OrderRow.parse(row)
  return { ...order, price: { amount, currency }, ...(invoice !== null && { invoice }) }
}
