import type { Instant, Method } from '#diagnosis/account.ts'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** As an account is found by this card. `month` 1 to 12, `year` with four digits. */
export function cardMark({ last4, month, year }: { last4: string; month: number; year: number }): string {
  return `card:${last4}:${month}:${year}`
}

/** Undefined for what has no expiry, or of which Stripe does not say it. */
export function markOf({ last4, expMonth: month, expYear: year }: Method): string | undefined {
  return last4 === undefined || month === undefined || year === undefined ? undefined : cardMark({ last4, month, year })
}

/** What an event of Stripe's, or all of the last month, say of a customer's cards; of each card the newest holds. */
export async function learnCards(queries: Queries, customer: string, event?: string): Promise<void> {
  await queries.query(
    `insert into saved_cards (app, account, method, mark, at)
     select distinct on (accounts.app, accounts.account, about->>'id')
       accounts.app, accounts.account, about->>'id',
       case when type <> 'payment_method.detached'
         then 'card:' || (about->'card'->>'last4') || ':' || (about->'card'->>'exp_month') || ':' || (about->'card'->>'exp_year')
       end,
       happened
     from stripe_events join accounts on accounts.stripe_customer = $1 or accounts.made_customer = $1
     where customer = $1 and ($2::text is null or stripe_events.id = $2) and about->>'object' = 'payment_method' and about->>'id' is not null and about->'card' is not null
     order by accounts.app, accounts.account, about->>'id', happened desc, received desc
     on conflict (app, account, method) do update set mark = excluded.mark, at = excluded.at
     where saved_cards.at <= excluded.at`,
    [customer, event ?? null],
  )
}

/** Everything that is saved, as Stripe listed it at that instant: what is not among it is gone. */
export async function rememberCards(
  queries: Queries,
  { app, account }: AccountKey,
  methods: readonly Method[],
  at: Instant,
): Promise<void> {
  const seen = methods.flatMap((method) => {
    const mark = markOf(method)
    return mark === undefined ? [] : [{ method: method.id, mark }]
  })
  await queries.query(
    `with seen as (select method, mark from jsonb_to_recordset($3::jsonb) as seen (method text, mark text)),
       gone as (
         update saved_cards set mark = null, at = $4
         where app = $1 and account = $2 and mark is not null and at <= $4 and method not in (select method from seen)
       )
     insert into saved_cards (app, account, method, mark, at) select $1, $2, method, mark, $4 from seen
     on conflict (app, account, method) do update set mark = excluded.mark, at = excluded.at
     where saved_cards.at <= excluded.at and saved_cards.mark is distinct from excluded.mark`,
    [app, account, JSON.stringify(seen), at],
  )
}

export async function forgetCards(queries: Queries, { app, account }: AccountKey): Promise<void> {
  await queries.query('delete from saved_cards where app = $1 and account = $2', [app, account])
}
