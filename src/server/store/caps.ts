import type { Money } from '#diagnosis/money.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** `apiKey` is absent where the whole account is capped. */
export type CapRecord = { readonly apiKey?: string; readonly limit: Money }

const CapRow = z
  .object({ api_key: z.string(), amount: z.coerce.number(), currency: z.string() })
  .transform(({ api_key: apiKey, ...limit }): CapRecord => ({ limit, ...(apiKey !== '' && { apiKey }) }))

export async function findCaps(database: Queries, { app, account }: AccountKey): Promise<readonly CapRecord[]> {
  const rows = await database.query(
    'select api_key, amount, currency from caps where app = $1 and account = $2 order by api_key',
    [app, account],
  )
  return rows.map((row) => CapRow.parse(row))
}

export async function saveCap(
  database: Queries,
  { app, account }: AccountKey,
  { apiKey = '', limit }: CapRecord,
  now: number,
): Promise<void> {
  await database.query(
    `insert into caps (app, account, api_key, amount, currency, updated) values ($1, $2, $3, $4, $5, $6)
     on conflict (app, account, api_key) do update
     set amount = excluded.amount, currency = excluded.currency, updated = excluded.updated`,
    [app, account, apiKey, limit.amount, limit.currency, now],
  )
}
