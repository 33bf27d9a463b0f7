import type { Hands } from '#server/context.ts'
import { forgetBefore } from '#server/store/stripe-news.ts'

const HOUR = 3_600
const DAY = 86_400
const BATCH = 1_000

/** How many days what happened is kept for whoever is asked about it. A yearly renewal is compared with the one before. */
const kept = [
  { table: 'visits', column: 'at', days: 90 },
  { table: 'checks', column: 'created', days: 400 },
  { table: 'stripe_news', column: 'received', days: 400 },
  // Stripe repeats none after three days; so long an account that is made late finds what happened before.
  { table: 'stripe_events', column: 'received', days: 30 },
] as const

/** Takes away what is too old, once an hour, little by little: nobody waits for it. */
export function createForgetter({ database, now }: Pick<Hands, 'database' | 'now'>) {
  let due = 0
  return async (isClosed: () => boolean): Promise<void> => {
    const at = now()
    if (at < due) return
    for (const { table, column, days } of kept) {
      let gone = BATCH
      while (gone === BATCH && !isClosed())
        gone = await forgetBefore(database, { table, column }, at - days * DAY, BATCH)
    }
    due = at + HOUR
  }
}
