import { z } from 'zod'
import type { Queries } from './database.ts'

/** Instants are unix seconds; `app` is one app, or all where it is undefined. */
export type Span = { readonly since: number; readonly until: number; readonly app: string | undefined }

const count = z.coerce.number()
const some = z.union([z.null(), z.coerce.number()])

const FunnelRow = z.object({
  app: z.string().nullable(),
  reason: z.string().nullable(),
  stops: count,
  opened: count,
  tried: count,
  fixed: count,
  by_itself: count,
  returned: count,
  median: some,
  ninth: some,
})
export type FunnelRow = z.infer<typeof FunnelRow>

/**
 * One row per stop. All checks of one question are marked as resolved in the same instant, so what an account was refused
 * for one reason until that instant, or until now, is one stop. Visitors are nobody's customers.
 */
const stops = `
  asked as (
    select app, account, id, coalesce(reasons ->> 0, 'unknown') as reason, resolved, created, seen, returned
    from checks
    where refused and cancelled is null and audience is null
      and created >= $1 and created < $2 and ($3::text is null or app = $3)),
  tries as (
    select app, account, check_id, count(*) as tries, max(updated) as last
    from attempts where check_id is not null and updated >= $1 and ($3::text is null or app = $3)
    group by app, account, check_id),
  stops as (
    select asked.app, asked.account, reason, resolved, min(created) as began, min(seen) as opened,
      max(returned) as returned, max(last) as tried, array_agg(asked.id) as checks
    from asked left join tries
      on tries.app = asked.app and tries.account = asked.account and tries.check_id = asked.id
    group by asked.app, asked.account, reason, resolved)`

/** In all (both columns null), by app, and by reason. */
export async function countStops(database: Queries, { since, until, app }: Span): Promise<readonly FunnelRow[]> {
  const rows = await database.query(
    `with ${stops}
     select app, reason, count(*) as stops, count(opened) as opened, count(tried) as tried,
       count(*) filter (where resolved is not null and opened is not null) as fixed,
       count(*) filter (where resolved is not null and opened is null) as by_itself,
       count(returned) as returned,
       percentile_cont(0.5) within group (order by resolved - began) filter (where opened is not null) as median,
       percentile_cont(0.9) within group (order by resolved - began) filter (where opened is not null) as ninth
     from stops group by grouping sets ((), (app), (reason))`,
    [since, until, app ?? null],
  )
  return rows.map((row) => FunnelRow.parse(row))
}

const DeclineRow = z.object({ decline: z.string(), tries: count, stops: count, fixed: count })

export async function countDeclines(
  database: Queries,
  { since, until, app }: Span,
): Promise<readonly z.infer<typeof DeclineRow>[]> {
  const rows = await database.query(
    `with ${stops},
     declined as (
       select attempts.outcome ->> 'decline' as decline, stops.app, stops.account, stops.reason, stops.resolved
       from stops cross join lateral unnest(checks) as stopped (id)
       join attempts on attempts.app = stops.app and attempts.account = stops.account and attempts.check_id = stopped.id
       where attempts.outcome ->> 'kind' = 'declined')
     select decline, count(*) as tries, count(distinct (app, account, reason, coalesce(resolved, 0))) as stops,
       count(distinct (app, account, reason, resolved)) filter (where resolved is not null) as fixed
     from declined group by decline order by tries desc, decline`,
    [since, until, app ?? null],
  )
  return rows.map((row) => DeclineRow.parse(row))
}

const LeftRow = z.object({ kind: z.string().nullable(), reason: z.string(), stops: count })

/** Opened before `before`, not mended: what came of the last try, null where there was none. */
export async function countLeft(
  database: Queries,
  { since, until, app }: Span,
  before: number,
): Promise<readonly z.infer<typeof LeftRow>[]> {
  const rows = await database.query(
    `with ${stops}
     select last.kind, reason, count(*) as stops
     from stops left join lateral (
       select coalesce(outcome ->> 'kind', phase) as kind from attempts
       where attempts.app = stops.app and attempts.account = stops.account and attempts.check_id = any(checks)
       order by updated desc limit 1) last on true
     where resolved is null and opened is not null and greatest(opened, coalesce(tried, 0)) < $4
     group by last.kind, reason order by stops desc, reason, last.kind`,
    [since, until, app ?? null, before],
  )
  return rows.map((row) => LeftRow.parse(row))
}

/**
 * Each invoice whose bank check was passed here although no deed had begun its charge: Stripe had, by itself. Its sum is what
 * Stripe's news of the account say was paid; null where they do not.
 */
const checked = `
  checked as (
    select distinct on (app, account, invoice) passed.*, (
      select jsonb_build_object('amount', about -> 'amount_paid', 'currency', about -> 'currency')
      from stripe_news
      where stripe_news.app = passed.app and stripe_news.account = passed.account and kind = 'invoice'
        and type in ('invoice.paid', 'invoice.payment_succeeded') and about ->> 'id' = invoice
      limit 1) as money
    from (
      select app, account, deed, request ->> 'invoice' as invoice from attempts
      where updated >= $1 and updated < $2 and ($3::text is null or app = $3)
        and deed = 'confirm-payment' and request -> 'finished' = 'true' and outcome ->> 'kind' = 'done') passed
    where not exists (
      select 1 from attempts begun
      where begun.app = passed.app and begun.account = passed.account and begun.deed <> passed.deed
        and (
          (begun.outcome ->> 'kind' = 'done' and begun.request -> 'plan' -> 'invoices' ? invoice)
          or begun.outcome -> 'paid' @> jsonb_build_array(jsonb_build_object('id', invoice)))))`

const PaidRow = z.object({ deed: z.string(), currency: z.string(), amount: count })

/**
 * What deeds have paid, in minor units, by deed and currency: all that was shown where everything went well, of the
 * others the invoices that were paid before one could not be, and what a bank let through that Stripe had begun.
 */
export async function sumPaid(
  database: Queries,
  { since, until, app }: Span,
): Promise<readonly z.infer<typeof PaidRow>[]> {
  const rows = await database.query(
    `with ${checked},
     ended as (
       select deed, request, outcome from attempts
       where updated >= $1 and updated < $2 and ($3::text is null or app = $3) and outcome is not null),
     paid as (
       select deed, request -> 'plan' -> 'total' as money from ended where outcome ->> 'kind' = 'done'
       union all
       select deed, before -> 'amount' from ended
         cross join lateral jsonb_array_elements(coalesce(outcome -> 'paid', '[]')) as before
       where outcome ->> 'kind' <> 'done'
       union all
       select deed, money from checked)
     select deed, money ->> 'currency' as currency, sum((money ->> 'amount')::numeric) as amount
     from paid where (money ->> 'amount')::numeric > 0 group by 1, 2 order by 3 desc`,
    [since, until, app ?? null],
  )
  return rows.map((row) => PaidRow.parse(row))
}

const UnsummedRow = z.object({ unsummed: count })

/** Bank checks that were passed, and of which nobody told the sum. */
export async function countUnsummed(database: Queries, { since, until, app }: Span): Promise<number> {
  const [row] = await database.query(
    `with ${checked} select count(*) as unsummed from checked where money ->> 'amount' is null`,
    [since, until, app ?? null],
  )
  return UnsummedRow.parse(row).unsummed
}
