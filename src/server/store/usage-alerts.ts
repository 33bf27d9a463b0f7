import { UsageAlertSchema, type UsageAlert } from '#contract/usage-alert.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

const AlertRow = z
  .object({ kind: z.string(), meter: z.string(), value: z.number() })
  .transform(({ kind, meter, value }) =>
    UsageAlertSchema.parse(kind === 'below' ? { kind, value } : { kind, meter, value }),
  )

export async function findAlerts(database: Queries, { app, account }: AccountKey): Promise<readonly UsageAlert[]> {
  const rows = await database.query(
    'select kind, meter, value from usage_alerts where app = $1 and account = $2 order by meter, kind, value',
    [app, account],
  )
  return rows.map((row) => AlertRow.parse(row))
}

/** Those of the accounts that have any. */
export async function findAlerting(
  queries: Queries,
  app: string,
  accounts: readonly string[],
): Promise<readonly string[]> {
  const rows = await queries.query(
    `select distinct account from usage_alerts
     where app = $1 and account in (select jsonb_array_elements_text($2::jsonb))`,
    [app, JSON.stringify([...new Set(accounts)])],
  )
  return rows.map((row) => z.object({ account: z.string() }).parse(row).account)
}

const given = 'jsonb_to_recordset($3::jsonb) as given(meter text, kind text, value double precision, told bigint)'

/** These and no others from now on. One that was there before keeps what was told of it. */
export async function replaceAlerts(
  queries: Queries,
  { app, account }: AccountKey,
  alerts: readonly UsageAlert[],
  now: number,
): Promise<void> {
  const rows = JSON.stringify(alerts.map(rowOf))
  await queries.query(
    `delete from usage_alerts where app = $1 and account = $2
     and not exists (select 1 from ${given} where given.meter = usage_alerts.meter and given.kind = usage_alerts.kind
                     and given.value = usage_alerts.value)`,
    [app, account, rows],
  )
  await queries.query(
    `insert into usage_alerts (app, account, meter, kind, value, updated)
     select distinct $1, $2, meter, kind, value, $4::bigint from ${given} on conflict do nothing`,
    [app, account, rows, now],
  )
}

/** `told`: the period in which it was reached, by its beginning; of credits when they were last bought. */
export type ReachedAlert = UsageAlert & { readonly told: number }

/** Those of the alerts that were not told in their period, which now count as told. */
export async function markAlerts(
  queries: Queries,
  { app, account }: AccountKey,
  reached: readonly ReachedAlert[],
): Promise<readonly UsageAlert[]> {
  if (reached.length === 0) return []
  const rows = await queries.query(
    `update usage_alerts set told = given.told from ${given}
     where usage_alerts.app = $1 and usage_alerts.account = $2 and usage_alerts.meter = given.meter
       and usage_alerts.kind = given.kind and usage_alerts.value = given.value
       and (usage_alerts.told is null or usage_alerts.told < given.told)
     returning usage_alerts.kind, usage_alerts.meter, usage_alerts.value`,
    [app, account, JSON.stringify(reached.map((alert) => ({ ...rowOf(alert), told: alert.told })))],
  )
  return rows.map((row) => AlertRow.parse(row))
}

function rowOf(alert: UsageAlert) {
  return { meter: alert.kind === 'below' ? '' : alert.meter, kind: alert.kind, value: alert.value }
}

/** The members who want no letters about usage. */
export async function findLetterStops(database: Queries, { app, account }: AccountKey): Promise<ReadonlySet<string>> {
  const rows = await database.query('select member from usage_letter_stops where app = $1 and account = $2', [
    app,
    account,
  ])
  return new Set(rows.map((row) => z.object({ member: z.string() }).parse(row).member))
}

export async function setLetters(
  database: Queries,
  { app, account, member }: AccountKey & { readonly member: string },
  { on, now }: { on: boolean; now: number },
): Promise<void> {
  if (on) {
    await database.query('delete from usage_letter_stops where app = $1 and account = $2 and member = $3', [
      app,
      account,
      member,
    ])
    return
  }
  await database.query(
    'insert into usage_letter_stops (app, account, member, since) values ($1, $2, $3, $4) on conflict do nothing',
    [app, account, member, now],
  )
}
