import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** A report on its way to a Stripe meter. Instants are unix seconds. */
export type MeterForward = AccountKey & {
  /** Of the usage event. */
  readonly id: string
  readonly eventName: string
  /** Decimal, exact. */
  readonly quantity: string
  readonly at: number
  /** Who is billed. */
  readonly customer: string
  readonly tries: number
  /** Since when Stripe may have it although it did not say so. */
  readonly unsure: number | undefined
}

const number = z.coerce.number()
const ForwardRow = z
  .object({
    app: z.string(),
    account: z.string(),
    id: z.string(),
    event_name: z.string(),
    quantity: z.string().or(z.number().transform(String)),
    at: number,
    customer: z.string(),
    tries: number,
    unsure: z.union([z.null(), number]),
  })
  .transform(({ event_name: eventName, unsure, ...rest }) => ({ ...rest, eventName, unsure: unsure ?? undefined }))

type NewForward = Omit<MeterForward, 'app' | 'customer' | 'tries' | 'unsure' | 'quantity'> & { quantity: number }

/** To be passed on; in the same transaction as the reports. */
export async function insertForwards(
  queries: Queries,
  app: string,
  forwards: readonly NewForward[],
  now: number,
): Promise<void> {
  await queries.query(
    `insert into meter_forwards (app, account, id, event_name, quantity, at, due, created)
     select $1, account, id, "eventName", quantity, at, $3::bigint, $3::bigint
     from jsonb_to_recordset($2::jsonb) as given(account text, id text, "eventName" text, quantity numeric, at bigint)
     on conflict do nothing`,
    [app, JSON.stringify(forwards), now],
  )
}

/**
 * Takes what is due for one try, of accounts that Stripe can bill; the others are held until they have a customer. Nobody
 * else takes it before `until`.
 */
export async function claimForwards(
  queries: Queries,
  { now, until, limit }: { now: number; until: number; limit: number },
): Promise<readonly MeterForward[]> {
  const rows = await queries.query(
    `update meter_forwards set tries = tries + 1, due = $2 from accounts
     where accounts.app = meter_forwards.app and accounts.account = meter_forwards.account
       and (meter_forwards.app, meter_forwards.account, meter_forwards.id) in (
         select waiting.app, waiting.account, waiting.id from meter_forwards waiting
         join accounts known on known.app = waiting.app and known.account = waiting.account
         where waiting.state = 'queued' and waiting.due <= $1
           and coalesce(known.stripe_customer, known.made_customer) is not null
         order by waiting.due limit $3 for update of waiting skip locked)
     returning meter_forwards.*, coalesce(accounts.stripe_customer, accounts.made_customer) as customer`,
    [now, until, limit],
  )
  return rows.map((row) => ForwardRow.parse(row))
}

type ForwardKey = Pick<MeterForward, 'app' | 'account' | 'id'>

/** Stripe has it. */
export async function dropForward(queries: Queries, { app, account, id }: ForwardKey): Promise<void> {
  await queries.query('delete from meter_forwards where app = $1 and account = $2 and id = $3', [app, account, id])
}

/** To be tried again after 15 seconds, then twice as long each time, at most an hour. */
export async function postponeForward(
  queries: Queries,
  { app, account, id }: ForwardKey,
  { error, unsure, now }: { error: string; unsure: number | undefined; now: number },
): Promise<void> {
  await queries.query(
    `update meter_forwards set error = $4, unsure = $5,
       due = $6::bigint + least(15 * power(2, least(tries - 1, 10)), 3600)::bigint
     where app = $1 and account = $2 and id = $3`,
    [app, account, id, error, unsure ?? null, now],
  )
}

/** `dead`: Stripe will not take it as it is. `unknown`: nobody can tell any more whether Stripe has it. */
export async function giveUpForward(
  queries: Queries,
  { app, account, id }: ForwardKey,
  state: 'dead' | 'unknown',
  error: string,
): Promise<void> {
  await queries.query('update meter_forwards set state = $4, error = $5 where app = $1 and account = $2 and id = $3', [
    app,
    account,
    id,
    state,
    error,
  ])
}

/** What was used before `before` Stripe takes no more: held for an account that never got a customer, or never let in. */
export async function giveUpOldForwards(queries: Queries, before: number): Promise<number> {
  const rows = await queries.query(
    `update meter_forwards set state = 'dead', error = 'too_old' where state = 'queued' and at < $1 returning id`,
    [before],
  )
  return rows.length
}

/** What was refused is tried once more: the merchant may have mended the meter. Answers how many. */
export async function retryDeadForwards(queries: Queries, since: number, now: number): Promise<number> {
  const rows = await queries.query(
    `update meter_forwards set state = 'queued', due = $2, tries = 0 where state = 'dead' and at >= $1 returning id`,
    [since, now],
  )
  return rows.length
}
