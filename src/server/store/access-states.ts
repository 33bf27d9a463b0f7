import { reasons, type Reason } from '#diagnosis/reason.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** What an app was last told of an account. Instants are unix seconds. */
export type AccessState = {
  readonly allowed: boolean
  readonly reasons: readonly Reason[]
  /** When the reading began that it comes from. */
  readonly asOf: number
  /** When to look again although nothing happens. */
  readonly lookAt: number | undefined
}

const instant = z.coerce.number()
const KnownRow = z.object({
  allowed: z.boolean().nullable(),
  reasons: z.array(z.enum(reasons)).nullable(),
  as_of: instant.nullable(),
  look_at: z.union([z.null(), instant]).transform((value) => value ?? undefined),
  waiting: z.boolean(),
})

/** What is known, and whether refused checks since `since` wait for being served. One question to the database. */
export async function findAccessState(
  queries: Queries,
  { app, account }: AccountKey,
  since: number,
): Promise<{ before: AccessState | undefined; waiting: boolean }> {
  const [row] = await queries.query(
    `select state.allowed, state.reasons, state.as_of, state.look_at,
       exists (select 1 from checks where app = $1 and account = $2 and created > $3 and refused and resolved is null) as waiting
     from (select 1) as one left join access_states state on state.app = $1 and state.account = $2`,
    [app, account, since],
  )
  const { allowed, reasons, as_of: asOf, look_at: lookAt, waiting } = KnownRow.parse(row)
  const before = allowed === null || reasons === null || asOf === null ? undefined : { allowed, reasons, asOf, lookAt }
  return { before, waiting }
}

/**
 * Puts `after` in the place of `before`: false where somebody else was first, or has read the account since. So one
 * process alone tells of a change. A look that was asked for meanwhile, or is due and not yet taken, stays.
 */
export async function replaceAccessState(
  queries: Queries,
  { app, account }: AccountKey,
  before: AccessState | undefined,
  { allowed, reasons, asOf, lookAt }: AccessState,
  now: number,
): Promise<boolean> {
  const after = [app, account, allowed, JSON.stringify(reasons), asOf, lookAt ?? null]
  const rows = before
    ? await queries.query(
        `update access_states set allowed = $3, reasons = $4, as_of = $5,
           look_at = case when look_at is not distinct from $9::bigint and (look_at is null or look_at > $10::bigint) then $6::bigint
                          else least(look_at, $6::bigint) end
         where app = $1 and account = $2 and allowed = $7 and reasons = $8::jsonb and as_of <= $5 returning app`,
        [...after, before.allowed, JSON.stringify(before.reasons), before.lookAt ?? null, now],
      )
    : await queries.query(
        `insert into access_states (app, account, allowed, reasons, as_of, look_at) values ($1, $2, $3, $4, $5, $6)
         on conflict do nothing returning app`,
        after,
      )
  return rows.length > 0
}

/** An account that an app is told about is looked at by then at the latest. */
export async function lookBy(queries: Queries, { app, account }: AccountKey, at: number): Promise<void> {
  await queries.query(
    `update access_states set look_at = $3 where app = $1 and account = $2 and (look_at is null or look_at > $3)`,
    [app, account, at],
  )
}

/** Takes accounts whose time to be looked at has come. Nobody else takes them before `until`, and then somebody does. */
export async function claimLooks(
  queries: Queries,
  apps: readonly string[],
  { now, until, limit }: { now: number; until: number; limit: number },
): Promise<readonly AccountKey[]> {
  const rows = await queries.query(
    `update access_states set look_at = $3 where (app, account) in (
       select app, account from access_states
       where look_at <= $2 and app in (select jsonb_array_elements_text($1::jsonb))
       order by look_at limit $4 for update skip locked
     ) returning app, account`,
    [JSON.stringify(apps), now, until, limit],
  )
  return rows.map((row) => z.object({ app: z.string(), account: z.string() }).parse(row))
}
