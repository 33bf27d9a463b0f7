import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Database, Queries } from './database.ts'
import { usedIn, type MeteredPeriod } from './usage.ts'

/** What an account's ledger amounts to. `balance` is exact and may be below zero; `seq` numbers the last entry. */
export type Purse = { readonly balance: number; readonly seq: number; readonly expires?: number }

/** Credits that a meter draws in a period: `rate` for each unit beyond `included`. */
export type Draw = MeteredPeriod & { readonly included: number; readonly rate: number }

/** Late reports are counted for this long, so a period that is over may still draw. */
const LATE_SECONDS = 36 * 86_400

const number = z.coerce.number()
const PurseRow = z.object({ balance: number, seq: number, expires: number.nullable(), spoiled: z.boolean() })
const DrawRow = z
  .object({
    meter: z.string(),
    period: number,
    until: number,
    included: number,
    rate: number,
    due: z.string().or(z.number().transform(String)),
  })
  .transform(({ period: since, ...draw }) => ({ ...draw, since }))

const due = `(greatest(0, ${usedIn('draws')} - draws.included) * draws.rate - draws.drawn)`
/** What is due of what was used before $4. */
const draws = `select draws.meter, draws.since as period, draws.ends as until, draws.included, draws.rate, ${due} as due
  from (select meter, period as since, least(until, $4::bigint) as until, until as ends, included, rate, drawn
        from credit_draws where app = $1 and account = $2 and until > $3) as draws`
const EVER = Number.MAX_SAFE_INTEGER

/**
 * The purse at `now` after everything that is to be booked was booked: what expired, and what was used beyond the plan
 * since the last look. `current` are the account's periods as they are now. Nothing is written where nothing changed.
 */
export async function readPurse(
  database: Database,
  key: AccountKey,
  current: readonly Draw[],
  now: number,
): Promise<Purse> {
  const [purse, known] = await Promise.all([findPurse(database, key, now), findDraws(database, key, now)])
  const news = current.filter((draw) => !known.some((other) => isSame(draw, other)))
  if (news.length === 0 && !purse.spoiled && known.every((draw) => Number(draw.due) <= 0)) return purse
  return database.transaction(async (queries) => {
    await lockPurse(queries, key)
    for (const draw of news) await openDraw(queries, key, draw, now)
    // What was used before a pack expired is drawn from it all the same.
    for (const end of await findEnds(queries, key, now)) {
      await bookDue(queries, key, end, now)
      await bookExpiry(queries, key, end, now)
    }
    await bookDue(queries, key, EVER, now)
    return findPurse(queries, key, now)
  })
}

async function findPurse(database: Queries, { app, account }: AccountKey, now: number) {
  const [row] = await database.query(
    `select balance, seq,
       (select min(expires) from credit_lots where app = $1 and account = $2 and remaining > 0 and expires > $3) as expires,
       exists (select 1 from credit_lots where app = $1 and account = $2 and remaining > 0 and expires <= $3) as spoiled
     from credit_purses where app = $1 and account = $2`,
    [app, account, now],
  )
  const { expires, ...purse } = row ? PurseRow.parse(row) : { balance: 0, seq: 0, expires: null, spoiled: false }
  return { ...purse, ...(expires !== null && { expires }) }
}

async function findDraws(database: Queries, { app, account }: AccountKey, now: number, before = EVER) {
  const rows = await database.query(draws, [app, account, now - LATE_SECONDS, before])
  return rows.map((row) => DrawRow.parse(row))
}

async function bookDue(queries: Queries, key: AccountKey, before: number, now: number): Promise<void> {
  for (const { meter, since, due } of await findDraws(queries, key, now, before)) {
    if (Number(due) > 0) await bookUsage(queries, key, { meter, period: since, amount: due, now })
  }
}

/** When packs of which something is left have expired, the earliest first. */
async function findEnds(queries: Queries, { app, account }: AccountKey, now: number): Promise<readonly number[]> {
  const rows = await queries.query(
    `select distinct expires from credit_lots where app = $1 and account = $2 and remaining > 0 and expires <= $3
     order by expires`,
    [app, account, now],
  )
  return rows.map((row) => z.object({ expires: number }).parse(row).expires)
}

function isSame(one: Draw, other: Draw): boolean {
  return (['meter', 'until', 'included', 'rate'] as const).every((field) => one[field] === other[field])
}

/** Whoever books waits here for whoever books. */
async function lockPurse(queries: Queries, { app, account }: AccountKey): Promise<void> {
  await queries.query(
    'insert into credit_purses (app, account, balance, seq) values ($1, $2, 0, 0) on conflict do nothing',
    [app, account],
  )
  await queries.query('select 1 from credit_purses where app = $1 and account = $2 for update', [app, account])
}

/**
 * The period that runs, by its terms as they are now. One that begins while another runs takes over from there, or from
 * now where it would reach back: no unit is drawn twice.
 */
async function openDraw(
  queries: Queries,
  { app, account }: AccountKey,
  { meter, since, until, included, rate }: Draw,
  now: number,
): Promise<void> {
  const [latest] = await queries.query(
    'select period from credit_draws where app = $1 and account = $2 and meter = $3 order by period desc limit 1',
    [app, account, meter],
  )
  const before = latest && z.object({ period: number }).parse(latest).period
  const period = before === undefined || before <= since ? since : before
  // The same period again, perhaps with another end; or an older beginning, which is a new period from now on.
  const begins = before !== undefined && since < before ? Math.max(before, now) : period
  await queries.query(
    'update credit_draws set until = least(until, $4) where app = $1 and account = $2 and meter = $3 and period < $4',
    [app, account, meter, begins],
  )
  await queries.query(
    `insert into credit_draws (app, account, meter, period, until, included, rate) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (app, account, meter, period) do update
     set until = excluded.until, included = excluded.included, rate = excluded.rate`,
    [app, account, meter, begins, Math.max(until, begins), included, rate],
  )
}

async function bookExpiry(queries: Queries, { app, account }: AccountKey, end: number, now: number): Promise<void> {
  await queries.query(
    `with spoiled as (
       update credit_lots set remaining = 0 from credit_lots before
       where credit_lots.app = $1 and credit_lots.account = $2 and credit_lots.remaining > 0 and credit_lots.expires <= $4
         and before.app = credit_lots.app and before.account = credit_lots.account and before.seq = credit_lots.seq
       returning before.seq, before.remaining, before.expires),
     booked as (
       insert into credit_entries (app, account, seq, kind, amount, booked, expires)
       select $1, $2, purse.seq + row_number() over (order by spoiled.seq), 'expiry', -spoiled.remaining, $3, spoiled.expires
       from spoiled, credit_purses purse where purse.app = $1 and purse.account = $2
       returning amount)
     update credit_purses set balance = balance + (select coalesce(sum(amount), 0) from booked),
                              seq = seq + (select count(*) from booked)
     where app = $1 and account = $2`,
    [app, account, now, end],
  )
}

/** Draws from the oldest lots first. What they do not have makes the purse owe, and the next purchase pays it. */
async function bookUsage(
  queries: Queries,
  { app, account }: AccountKey,
  { meter, period, amount, now }: { meter: string; period: number; amount: string; now: number },
): Promise<void> {
  await queries.query(
    `update credit_lots set remaining = credit_lots.remaining - least(credit_lots.remaining, greatest(0, $3::numeric - queue.ahead))
     from (select seq, coalesce(sum(remaining) over (order by seq rows between unbounded preceding and 1 preceding), 0) as ahead
           from credit_lots where app = $1 and account = $2 and remaining > 0) as queue
     where credit_lots.app = $1 and credit_lots.account = $2 and credit_lots.seq = queue.seq and queue.ahead < $3::numeric`,
    [app, account, amount],
  )
  await queries.query(
    `update credit_draws set drawn = drawn + $5::numeric where app = $1 and account = $2 and meter = $3 and period = $4`,
    [app, account, meter, period, amount],
  )
  await queries.query(
    `with purse as (
       update credit_purses set balance = balance - $5::numeric, seq = seq + 1 where app = $1 and account = $2 returning seq)
     insert into credit_entries (app, account, seq, kind, amount, booked, meter, period)
     select $1, $2, seq, 'usage', -$5::numeric, $6::bigint, $3, $4::bigint from purse`,
    [app, account, meter, period, amount, now],
  )
}

export type Purchase = {
  readonly invoice: string
  readonly pack: string
  readonly credits: number
  /** Absent where credits never expire. */
  readonly expires?: number
}

/** Books a paid invoice, once: false where somebody else already has. Inside the caller's transaction. */
export async function bookPurchase(
  queries: Queries,
  key: AccountKey,
  purchase: Purchase,
  now: number,
): Promise<boolean> {
  return bookLot(queries, key, { kind: 'purchase', ...purchase }, now)
}

/** Books what support gives. Inside the caller's transaction, which sees to it that it is given once. */
export async function bookGoodwill(
  queries: Queries,
  key: AccountKey,
  given: Pick<Purchase, 'credits' | 'expires'>,
  now: number,
): Promise<void> {
  await bookLot(queries, key, { kind: 'goodwill', ...given }, now)
}

type Lot = Pick<Purchase, 'credits' | 'expires'> &
  Partial<Pick<Purchase, 'invoice' | 'pack'>> & { readonly kind: 'purchase' | 'goodwill' }

async function bookLot(
  queries: Queries,
  key: AccountKey,
  { kind, invoice, pack, credits, expires }: Lot,
  now: number,
): Promise<boolean> {
  await lockPurse(queries, key)
  const { app, account } = key
  const [row] = await queries.query(
    `insert into credit_entries (app, account, seq, kind, amount, booked, invoice, pack, expires)
     select app, account, seq + 1, $8, $4::numeric, $6::bigint, $3, $5, $7::bigint from credit_purses
     where app = $1 and account = $2
     on conflict (app, account, invoice) where invoice is not null do nothing returning seq`,
    [app, account, invoice ?? null, credits, pack ?? null, now, expires ?? null, kind],
  )
  if (!row) return false
  const { seq } = z.object({ seq: number }).parse(row)
  await queries.query(
    `insert into credit_lots (app, account, seq, remaining, expires)
     select app, account, $3, greatest(0, $4::numeric + least(0, balance)), $5::bigint from credit_purses
     where app = $1 and account = $2`,
    [app, account, seq, credits, expires ?? null],
  )
  await queries.query(
    'update credit_purses set balance = balance + $3::numeric, seq = $4 where app = $1 and account = $2',
    [app, account, credits, seq],
  )
  return true
}
