import type { Money } from '#diagnosis/money.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

/** `asked`: written down before Stripe is asked, and not known to have come there. `refused`: never given, for certain. */
export type GiftState = 'given' | 'asked' | 'refused'

/** What support gave away: whole credits of ours, or money in minor units as credit with Stripe. Instants are unix seconds. */
export type GiftRecord = AccountKey & {
  readonly id: string
  readonly gift: { readonly credits: number } | (Money & { readonly customer: string })
  readonly state: GiftState
  readonly created: number
}

const number = z.coerce.number()
const GiftRow = z
  .object({
    app: z.string(),
    account: z.string(),
    id: z.string(),
    amount: number,
    currency: z.string().nullable(),
    customer: z.string().nullable(),
    state: z.enum(['given', 'asked', 'refused']),
    created: number,
  })
  .transform(({ amount, currency, customer, ...rest }): GiftRecord => ({
    ...rest,
    gift: currency === null || customer === null ? { credits: amount } : { amount, currency, customer },
  }))

export async function insertGift(queries: Queries, { app, account, id, gift, state, created }: GiftRecord) {
  const [kind, amount, currency, customer] =
    'credits' in gift ? ['credits', gift.credits, null, null] : ['money', gift.amount, gift.currency, gift.customer]
  await queries.query(
    `insert into goodwill (app, account, id, kind, amount, currency, customer, state, created, updated)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [app, account, id, kind, amount, currency, customer, state, created],
  )
}

export async function findGift(
  database: Queries,
  { app, account, id }: AccountKey & { readonly id: string },
): Promise<GiftRecord | undefined> {
  const [row] = await database.query('select * from goodwill where app = $1 and account = $2 and id = $3', [
    app,
    account,
    id,
  ])
  return row && parseGift(row)
}

/** The newest first. */
export async function findGifts(
  database: Queries,
  { app, account }: AccountKey,
  since: number,
): Promise<readonly GiftRecord[]> {
  const rows = await database.query(
    'select * from goodwill where app = $1 and account = $2 and created > $3 order by created desc, id limit 200',
    [app, account, since],
  )
  return rows.map(parseGift)
}

/** What was given since then, and what may have been. */
export async function sumGifts(
  queries: Queries,
  { app, account }: AccountKey,
  kind: 'credits' | 'money',
  since: number,
): Promise<number> {
  const [row] = await queries.query(
    `select coalesce(sum(amount), 0) as sum from goodwill
     where app = $1 and account = $2 and kind = $3 and state <> 'refused' and created > $4`,
    [app, account, kind, since],
  )
  return z.object({ sum: number }).parse(row).sum
}

/** What is known stays known. */
export async function settleGift(
  queries: Queries,
  { app, account, id }: GiftRecord,
  { state, reference }: { state: 'given' | 'refused'; reference?: string | undefined },
  now: number,
): Promise<void> {
  await queries.query(
    `update goodwill set state = $4, reference = $5, updated = $6
     where app = $1 and account = $2 and id = $3 and state = 'asked'`,
    [app, account, id, state, reference ?? null, now],
  )
}

/** Takes gifts of which nobody has known for a while. Nobody else takes them before `until`, and then somebody does. */
export async function claimUnsureGifts(
  queries: Queries,
  { before, now, limit }: { before: number; now: number; limit: number },
): Promise<readonly GiftRecord[]> {
  const rows = await queries.query(
    `update goodwill set updated = $2 where (app, account, id) in (
       select app, account, id from goodwill where state = 'asked' and updated < $1
       order by updated limit $3 for update skip locked
     ) returning *`,
    [before, now, limit],
  )
  return rows.map(parseGift)
}

function parseGift(row: Row): GiftRecord {
  return GiftRow.parse(row)
}
