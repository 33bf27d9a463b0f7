import { z } from 'zod'
import type { Database, Queries } from './database.ts'
import { learnCards } from './saved-cards.ts'
import { spreadNews, type StripeNews } from './stripe-news.ts'

export type StripeEventRecord = { readonly id: string; readonly type: string; readonly customer: string | undefined }

/** As long as Stripe itself would go on delivering. */
const PATIENCE_SECONDS = 3 * 86_400

const EventRow = z.object({ id: z.string(), type: z.string(), customer: z.string().nullable() })

/** False when this event is already in the inbox. Its news are its accounts' from then on. */
export async function receiveEvent(
  database: Database,
  { id, type, customer, news }: StripeEventRecord & { readonly news: StripeNews },
  now: number,
): Promise<boolean> {
  const { kind, at, about, said } = news
  return database.transaction(async (queries) => {
    const rows = await queries.query(
      `insert into stripe_events (id, type, customer, received, kind, happened, about, said)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning id`,
      [
        id,
        type,
        customer ?? null,
        now,
        kind,
        // A clock that is ahead does not put what happened into the future.
        Math.min(at, now),
        customer === undefined ? null : JSON.stringify(about),
        said === undefined ? null : JSON.stringify(said),
      ],
    )
    if (rows.length > 0 && customer !== undefined) {
      await spreadNews(queries, id, customer)
      if (type.startsWith('payment_method.')) await learnCards(queries, customer, id)
    }
    return rows.length > 0
  })
}

/** What is due at `now`, oldest first. */
export async function findEventsToDo(
  database: Queries,
  now: number,
  limit: number,
): Promise<readonly StripeEventRecord[]> {
  const rows = await database.query(
    `select id, type, customer from stripe_events where done is null and due <= $1 and received > $2
     order by received limit $3`,
    [now, now - PATIENCE_SECONDS, limit],
  )
  return rows.map((row) => {
    const { id, type, customer } = EventRow.parse(row)
    return { id, type, customer: customer ?? undefined }
  })
}

export async function finishEvent(database: Queries, id: string, now: number): Promise<void> {
  await database.query('update stripe_events set done = $2, error = null where id = $1', [id, now])
}

/** To be tried again after 15 seconds, then twice as long each time, at most an hour. */
export async function postponeEvent(database: Queries, id: string, error: string, now: number): Promise<void> {
  await database.query(
    `update stripe_events set tries = tries + 1, error = $2, due = $3 + least(15 * power(2, least(tries, 10)), 3600)::bigint
     where id = $1`,
    [id, error, now],
  )
}
