import type { DeskAnswer } from '#contract/desk-answer.ts'
import { compact } from '#diagnosis/compact.ts'
import type { App } from '#server/config.ts'
import { findAccessState } from '#server/store/access-states.ts'
import { findEventsOf } from '#server/store/account-events.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import type { Queries } from '#server/store/database.ts'

const AT_MOST = 5
const types = ['access.changed', 'access.restored', 'check.resolved'] as const

/** What the app was last told of an account's access, and whether it took it. */
export async function toldOf(database: Queries, app: App, key: AccountKey, now: number): Promise<DeskAnswer['told']> {
  const [{ before: known }, events] = await Promise.all([
    findAccessState(database, key, now),
    findEventsOf(database, key, types, AT_MOST),
  ])
  return {
    webhook: app.webhook !== undefined,
    ...(known && { known: { allowed: known.allowed, reasons: known.reasons, asOf: known.asOf } }),
    events: events.map(({ id, event, state, tries, due, created, status, error }) => ({
      id,
      type: event.type,
      at: created,
      state,
      tries,
      ...('allowed' in event.data && { allowed: event.data.allowed, reasons: event.data.reasons.after }),
      ...compact({ status, error, nextTry: state === 'queued' ? due : undefined }),
    })),
  }
}
