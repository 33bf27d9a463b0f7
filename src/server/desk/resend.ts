import type { TimelineEntry } from '#contract/desk-timeline-entry.ts'
import { ApiError } from '#server/errors.ts'
import { requeueEvent } from '#server/events.ts'
import { findAccount, type AccountKey } from '#server/store/accounts.ts'
import { findEvent } from '#server/store/app-events.ts'
import { acted } from './audit.ts'
import type { DeskContext, DeskHands } from './context.ts'
import { entryOf } from './timeline.ts'

/**
 * Queues an event of this account again, from the first try on, whatever became of it; it is written down who wished it
 * and why. Another account's event is not found. Throws ApiError not-found, not-allowed.
 */
export async function resendEvent(
  hands: DeskHands,
  c: DeskContext,
  { id, reason, ...key }: AccountKey & { readonly id: string; readonly reason: string },
): Promise<TimelineEntry> {
  const { database, now } = hands
  const told = { ...key, deed: 'resend-event', subject: id, reason } as const
  await acted(hands, c, told, async (queries) => {
    const event = (await findAccount(queries, key)) && (await findEvent(queries, key.app, id))
    if (event?.account !== key.account) throw new ApiError('not-found')
    await requeueEvent(queries, event, now())
  })
  const entry = await entryOf(database, c.var.staff.role, key, { source: 'told', id })
  if (!entry) throw new ApiError('not-found')
  return entry
}
