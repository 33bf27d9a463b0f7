import type { AppEvent } from '#contract/event.ts'
import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import { parseEvent, type EventRecord } from './app-events.ts'
import type { Queries } from './database.ts'

const StatusRow = z.looseObject({ last_status: z.number().nullable() })

/** What the app was told of this account, the newest first, with how its last try was answered. */
export async function findEventsOf(
  database: Queries,
  { app, account }: AccountKey,
  types: readonly AppEvent['type'][],
  limit: number,
): Promise<readonly (EventRecord & { readonly status?: number })[]> {
  const rows = await database.query(
    `select app_events.*, (
       select status from app_event_attempts tried
       where tried.app = $1 and tried.account = $2 and tried.event = app_events.id order by number desc limit 1
     ) as last_status
     from app_events where app = $1 and account = $2 and body ->> 'type' in (select jsonb_array_elements_text($3::jsonb))
     order by seq desc limit $4`,
    [app, account, JSON.stringify(types), limit],
  )
  return rows.map((row) => ({ ...parseEvent(row), ...compact({ status: StatusRow.parse(row).last_status }) }))
}
