import { compact } from '#diagnosis/compact.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import { reasons, parseReason, type Reason } from '#diagnosis/reason.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

export type CheckRecord = AccountKey & {
  readonly id: string
  readonly actor?: string
  readonly feature?: string
  readonly meter?: string
  readonly quantity?: number
  /** The key of the app's own API that was used. */
  readonly apiKey?: string
  /** What the app said is wrong, or else what was found first. */
  readonly reported: Reason
  /** The app's own word, until when it stands, and when a deed has answered it. */
  readonly told?: Reason
  readonly toldUntil?: number
  readonly mended?: number
  /** Whether we refused, or the app sent the person by its own judgement. */
  readonly refused: boolean
  readonly reasons: readonly Reason[]
  /** Already found to be on a registered origin of the app. */
  readonly returnTo?: string
  readonly state?: string
  readonly created: number
  readonly seen?: number
  readonly returns: number
  readonly returned?: number
  /** Only where the refusal was made out for somebody to whom the account is none of their business. */
  readonly audience?: 'visitor'
  /** When the app took it back. */
  readonly cancelled?: number
}

/** What was judged when a request was refused; `live` is false where the reading was an old one. */
export type Rule = Pick<Diagnosis, 'blockers' | 'asOf' | 'live'>

const optionalText = z
  .string()
  .nullable()
  .transform((text) => text ?? undefined)

const optionalInstant = z.union([z.null(), z.coerce.number()]).transform((value) => value ?? undefined)

const CheckRow = z.object({
  app: z.string(),
  account: z.string(),
  id: z.string(),
  actor: optionalText,
  feature: optionalText,
  meter: optionalText,
  quantity: z
    .number()
    .nullable()
    .transform((value) => value ?? undefined),
  api_key: optionalText,
  reported: z.string().transform(parseReason),
  told: z
    .string()
    .nullable()
    .transform((text) => (text === null ? undefined : parseReason(text))),
  told_until: optionalInstant,
  mended: optionalInstant,
  refused: z.boolean(),
  reasons: z.array(z.enum(reasons)),
  return_to: optionalText,
  state: optionalText,
  created: z.coerce.number(),
  seen: optionalInstant,
  returns: z.coerce.number(),
  returned: optionalInstant,
  cancelled: optionalInstant,
  audience: z
    .enum(['visitor'])
    .nullable()
    .transform((value) => value ?? undefined),
})

const PollRow = z.object({ poll_early: z.boolean(), poll_interval: z.number() })

/** A refusal is looked at again after this many seconds, unless its account is before. */
const LOOK_SECONDS = 60

export async function insertCheck(
  database: Queries,
  check: Omit<CheckRecord, 'returns' | 'returned' | 'seen' | 'mended' | 'cancelled'>,
  rule?: Rule,
): Promise<void> {
  await database.query(
    `with looked as (
       update access_states set look_at = $13::bigint + ${LOOK_SECONDS}
       where app = $1 and account = $2 and $9::boolean and (look_at is null or look_at > $13::bigint + ${LOOK_SECONDS}))
     insert into checks (app, account, id, actor, feature, meter, quantity, reported, refused, reasons, return_to, state, created,
                         told, told_until, api_key, audience, rule)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      check.app,
      check.account,
      check.id,
      check.actor ?? null,
      check.feature ?? null,
      check.meter ?? null,
      check.quantity ?? null,
      check.reported,
      check.refused,
      JSON.stringify(check.reasons),
      check.returnTo ?? null,
      check.state ?? null,
      check.created,
      check.told ?? null,
      check.toldUntil ?? null,
      check.apiKey ?? null,
      check.audience ?? null,
      rule === undefined ? null : JSON.stringify(rule),
    ],
  )
}

/** A check of this account; another account's is not found. */
export async function findCheck(database: Queries, key: AccountKey, id: string): Promise<CheckRecord | undefined> {
  const [row] = await database.query('select * from checks where app = $1 and account = $2 and id = $3', [
    key.app,
    key.account,
    id,
  ])
  return row && parseCheck(row)
}

/** By its 128-bit id alone: knowing it is the permission to poll it. */
export async function findCheckById(database: Queries, id: string): Promise<CheckRecord | undefined> {
  const [row] = await database.query('select * from checks where id = $1', [id])
  return row && parseCheck(row)
}

/** Seconds: the steps in which a poll that comes too early is slowed down (RFC 8628 §3.5), and the longest of them. */
const SLOWER = 5
const SLOWEST = 60

/**
 * A program asks how a refusal stands. One statement finds it, decides whether the question comes too early, and slows
 * down who asks too often, so that it is exact over all processes. Instants are whole seconds: one of them is forgiven.
 */
export async function pollCheck(
  database: Queries,
  id: string,
  now: number,
): Promise<{ check: CheckRecord; isEarly: boolean; interval: number } | undefined> {
  const [row] = await database.query(
    `update checks set
       poll_early = poll_due - 1 > $2,
       poll_interval = case when poll_due - 1 > $2 then least(poll_interval + $3, $4) else poll_interval end,
       poll_due = case when poll_due - 1 > $2 then poll_due else $2 + poll_interval end
     where id = $1 returning *`,
    [id, now, SLOWER, SLOWEST],
  )
  if (!row) return undefined
  const { poll_early: isEarly, poll_interval: interval } = PollRow.parse(row)
  return { check: parseCheck(row), isEarly, interval }
}

export async function markCheckSeen(database: Queries, key: AccountKey, id: string, now: number): Promise<void> {
  await database.query('update checks set seen = coalesce(seen, $4) where app = $1 and account = $2 and id = $3', [
    key.app,
    key.account,
    id,
    now,
  ])
}

/** A deed has answered what the app told: from now on our own facts speak. */
export async function markMended(database: Queries, key: AccountKey, id: string, now: number): Promise<void> {
  await database.query('update checks set mended = $4 where app = $1 and account = $2 and id = $3', [
    key.app,
    key.account,
    id,
    now,
  ])
}

/** The app takes a refusal back. */
export async function markCancelled(database: Queries, key: AccountKey, id: string, now: number): Promise<void> {
  await database.query(
    'update checks set cancelled = coalesce(cancelled, $4) where app = $1 and account = $2 and id = $3',
    [key.app, key.account, id, now],
  )
}

export async function markReturned(database: Queries, key: AccountKey, id: string, now: number): Promise<void> {
  await database.query(
    'update checks set returns = returns + 1, returned = $4 where app = $1 and account = $2 and id = $3',
    [key.app, key.account, id, now],
  )
}

/** How often this account's people were sent back for the same thing since `since`. */
export async function countReturns(database: Queries, check: CheckRecord, since: number): Promise<number> {
  const [row] = await database.query(
    `select coalesce(sum(returns), 0)::int as returns from checks
     where app = $1 and account = $2 and feature is not distinct from $3 and meter is not distinct from $4
       and actor is not distinct from $5 and returned >= $6`,
    [check.app, check.account, check.feature ?? null, check.meter ?? null, check.actor ?? null, since],
  )
  return z.object({ returns: z.coerce.number() }).parse(row).returns
}

/** Of each question that was refused since `since` and is not yet served, the newest check; limits on requests pass by themselves. */
export async function findUnresolvedChecks(
  database: Queries,
  { app, account }: AccountKey,
  since: number,
): Promise<readonly CheckRecord[]> {
  const rows = await database.query(
    `select distinct on (${question}) * from checks
     where app = $1 and account = $2 and created > $3 and refused and resolved is null and cancelled is null
       and reasons ->> 0 is distinct from 'rate_limited'
     order by ${question}, created desc limit 100`,
    [app, account, since],
  )
  return rows.map(parseCheck)
}
const question = 'feature, meter, quantity, api_key, told, (mended is null)'

/** This check and all that asked the same: false where somebody else has already marked it. */
export async function markResolved(
  queries: Queries,
  { app, account, id }: Pick<CheckRecord, 'app' | 'account' | 'id'>,
  now: number,
): Promise<boolean> {
  const rows = await queries.query(
    `update checks set resolved = $4 from checks served
     where served.app = $1 and served.account = $2 and served.id = $3 and served.resolved is null
       and checks.app = $1 and checks.account = $2 and checks.refused and checks.resolved is null
       and ${['feature', 'meter', 'quantity', 'api_key', 'told'].map((one) => `checks.${one} is not distinct from served.${one}`).join(' and ')}
     returning checks.id`,
    [app, account, id, now],
  )
  return rows.length > 0
}

export function parseCheck(row: Row): CheckRecord {
  const { return_to: returnTo, told_until: toldUntil, api_key: apiKey, ...check } = CheckRow.parse(row)
  return compact({ ...check, returnTo, toldUntil, apiKey })
}
