import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** What an account's timeline keeps of an event of Stripe's. Instants are unix seconds. */
export type StripeNews = {
  readonly kind: 'payment' | 'invoice' | 'subscription' | 'other'
  readonly at: number
  readonly about: Readonly<Record<string, unknown>>
  /** The bank's own words; no customer is told them. */
  readonly said?: Readonly<Record<string, string>>
}

/** Of one event, for every account whose customer it is about. */
export async function spreadNews(queries: Queries, event: string, customer: string): Promise<void> {
  await queries.query(
    `insert into stripe_news (app, account, id, kind, type, at, received, about, said)
     select accounts.app, accounts.account, news.id, news.kind, news.type, news.happened, news.received, news.about, news.said
     from accounts, stripe_events news
     where (accounts.stripe_customer = $2 or accounts.made_customer = $2) and news.id = $1 and news.about is not null
     on conflict do nothing`,
    [event, customer],
  )
}

/** What came before anybody knew whose customer it is about. */
export async function collectNews(queries: Queries, { app, account }: AccountKey, customer: string): Promise<void> {
  await queries.query(
    `insert into stripe_news (app, account, id, kind, type, at, received, about, said)
     select $1, $2, id, kind, type, happened, received, about, said from stripe_events
     where customer = $3 and about is not null order by received desc limit 1000
     on conflict do nothing`,
    [app, account, customer],
  )
}

/** Events go on being hints; what they told of this account's customer is forgotten. */
export async function forgetAbout(queries: Queries, { app, account }: AccountKey): Promise<void> {
  await queries.query(
    `update stripe_events set about = null, said = null where about is not null and customer in (
       select unnest(array[stripe_customer, made_customer]) from accounts where app = $1 and account = $2)`,
    [app, account],
  )
}

const Gone = z.object({ gone: z.coerce.number() })

/** How many of a table were forgotten, at most `limit` at once: rows whose `column` is before `before` (unix seconds). */
export async function forgetBefore(
  queries: Queries,
  { table, column }: { table: string; column: string },
  before: number,
  limit: number,
): Promise<number> {
  const [row] = await queries.query(
    `with old as (select ctid from ${table} where ${column} < $1 limit $2),
          gone as (delete from ${table} where ctid in (select ctid from old) returning 1)
     select count(*) as gone from gone`,
    [before, limit],
  )
  return Gone.parse(row).gone
}
