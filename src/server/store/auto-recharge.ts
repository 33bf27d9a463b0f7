import type { Money } from '#diagnosis/money.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

/** `declined`: the card was refused, so it is switched off. `monthly`: the month's sum is reached. */
const stops = ['declined', 'monthly'] as const
export type Stop = (typeof stops)[number]

export type RechargeRecord = {
  readonly on: boolean
  readonly pack: string
  /** In credits: below it a pack is bought. */
  readonly threshold: number
  /** At most this much in a calendar month, UTC. */
  readonly monthly: Money
  readonly stoppedBy?: Stop
  readonly stopped?: number
  /** When the customer set it. */
  readonly updated: number
}

const RechargeRow = z.object({
  is_on: z.boolean(),
  pack: z.string(),
  threshold: z.coerce.number(),
  monthly: z.coerce.number(),
  currency: z.string(),
  stopped_by: z.enum(stops).nullable(),
  stopped: z.union([z.null(), z.coerce.number()]),
  updated: z.coerce.number(),
})

export async function findRecharge(
  database: Queries,
  { app, account }: AccountKey,
): Promise<RechargeRecord | undefined> {
  const [row] = await database.query('select * from auto_recharges where app = $1 and account = $2', [app, account])
  return row && parse(row)
}

/** As the customer sets it: what had stopped it is forgotten. */
export async function saveRecharge(
  database: Queries,
  { app, account }: AccountKey,
  { on, pack, threshold, monthly }: Pick<RechargeRecord, 'on' | 'pack' | 'threshold' | 'monthly'>,
  now: number,
): Promise<void> {
  await database.query(
    `insert into auto_recharges (app, account, is_on, pack, threshold, monthly, currency, updated)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (app, account) do update
     set is_on = excluded.is_on, pack = excluded.pack, threshold = excluded.threshold, monthly = excluded.monthly,
         currency = excluded.currency, updated = excluded.updated, stopped_by = null, stopped = null, looked = 0`,
    [app, account, on, pack, threshold, monthly.amount, monthly.currency, now],
  )
}

/** Writes down why nothing is bought, or (undefined) that nothing keeps it from buying any more. */
export async function markRecharge(
  database: Queries,
  { app, account }: AccountKey,
  stoppedBy: Stop | undefined,
  now: number,
): Promise<void> {
  await database.query(
    `update auto_recharges set stopped_by = $3::text, is_on = is_on and $3::text is distinct from 'declined',
       stopped = case when $3::text is null then null when stopped_by = $3::text then stopped else $4 end
     where app = $1 and account = $2`,
    [app, account, stoppedBy ?? null, now],
  )
}

/**
 * The accounts that are to be looked at: use was reported since the last look, a purchase has not ended yet, or a month
 * whose sum was reached is over (`monthStart`, unix seconds).
 */
export async function findRechargesToSee(
  database: Queries,
  monthStart: number,
  limit: number,
): Promise<readonly AccountKey[]> {
  const rows = await database.query(
    `select app, account from auto_recharges recharge
     where exists (select 1 from credit_orders orders where orders.app = recharge.app and orders.account = recharge.account
                   and orders.state = 'open' and orders.automatic)
        or (is_on and (looked = 0 or (stopped_by = 'monthly' and stopped < $1)
            or exists (select 1 from usage_meters meters where meters.app = recharge.app and meters.account = recharge.account
                       and meters.reported >= recharge.looked)))
     order by looked limit $2`,
    [monthStart, limit],
  )
  return rows.map((row) => z.object({ app: z.string(), account: z.string() }).parse(row))
}

export async function markLooked(database: Queries, { app, account }: AccountKey, now: number): Promise<void> {
  await database.query('update auto_recharges set looked = $3 where app = $1 and account = $2', [app, account, now])
}

function parse(row: Row): RechargeRecord {
  const { is_on: on, pack, threshold, monthly, currency, stopped_by: by, stopped, updated } = RechargeRow.parse(row)
  return {
    on,
    pack,
    threshold,
    monthly: { amount: monthly, currency },
    updated,
    ...(by !== null && { stoppedBy: by }),
    ...(stopped !== null && { stopped }),
  }
}
