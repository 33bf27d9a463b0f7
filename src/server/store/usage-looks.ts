import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** An account of which something was reported. `asked` rises with every report. */
export type UsageLook = AccountKey & { readonly asked: number }

/** To be looked at for thresholds; in the same transaction as the reports. Sorted, so that two batches wait in one order. */
export async function askUsageLooks(
  queries: Queries,
  app: string,
  accounts: readonly string[],
  now: number,
): Promise<void> {
  await queries.query(
    `insert into usage_looks (app, account, due)
     select $1, account, $3::bigint from jsonb_array_elements_text($2::jsonb) as given(account) order by account
     on conflict (app, account) do update set asked = usage_looks.asked + 1, due = least(usage_looks.due, excluded.due)`,
    [app, JSON.stringify([...new Set(accounts)]), now],
  )
}

/** Takes accounts for one look. Nobody else takes them before `until`, and then somebody does. */
export async function claimUsageLooks(
  queries: Queries,
  { now, until, limit }: { now: number; until: number; limit: number },
): Promise<readonly UsageLook[]> {
  const rows = await queries.query(
    `update usage_looks set due = $2 where (app, account) in (
       select app, account from usage_looks where due <= $1 order by due limit $3 for update skip locked
     ) returning app, account, asked`,
    [now, until, limit],
  )
  return rows.map((row) => z.object({ app: z.string(), account: z.string(), asked: z.coerce.number() }).parse(row))
}

/** Done, unless something was reported since it was taken. */
export async function finishUsageLook(
  queries: Queries,
  { app, account, asked }: UsageLook,
  now: number,
): Promise<void> {
  const done = await queries.query(
    'delete from usage_looks where app = $1 and account = $2 and asked = $3 returning app',
    [app, account, asked],
  )
  if (done.length > 0) return
  await queries.query('update usage_looks set due = $3 where app = $1 and account = $2', [app, account, now])
}

/** Percent of what the plans include, in the period that begins at `since`. */
export type Threshold = { readonly meter: string; readonly since: number; readonly threshold: number }

/** Those of the thresholds that were never told, which now count as told. */
export async function markThresholds(
  queries: Queries,
  { app, account }: AccountKey,
  reached: readonly Threshold[],
  now: number,
): Promise<readonly Threshold[]> {
  const rows = await queries.query(
    `insert into usage_thresholds (app, account, meter, period, threshold, told)
     select $1, $2, meter, since, threshold, $4::bigint
     from jsonb_to_recordset($3::jsonb) as given(meter text, since bigint, threshold double precision)
     order by meter, since, threshold
     on conflict do nothing returning meter, period as since, threshold`,
    [app, account, JSON.stringify(reached), now],
  )
  const Row = z.object({ meter: z.string(), since: z.coerce.number(), threshold: z.number() })
  return rows.map((row) => Row.parse(row))
}
