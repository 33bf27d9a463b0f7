import type { SessionRecord } from './sessions.ts'
import type { Queries } from './database.ts'
import { randomId } from '#server/token.ts'

type Whose = Pick<SessionRecord, 'app' | 'account' | 'member' | 'role' | 'id'>

/** Somebody came in. `now` in unix seconds. */
export async function insertArrival(database: Queries, session: Whose & Pick<SessionRecord, 'how'>, now: number) {
  const { app, account, member, role, id, how } = session
  await database.query(
    `insert into visits (app, account, id, at, member, role, session, how) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [app, account, randomId('vis_'), now, member, role, id, how],
  )
}

/** A session is on this screen now; one that already was there has not moved. */
export async function insertScreen(
  database: Queries,
  session: Whose & Pick<SessionRecord, 'hash'>,
  { screen, check }: { screen: string; check?: string },
  now: number,
): Promise<void> {
  const { app, account, member, role, id, hash } = session
  await database.query(
    `with moved as (
       update sessions set screen = $9 where hash = $10 and screen is distinct from $9 returning 1)
     insert into visits (app, account, id, at, member, role, session, screen, check_id)
     select $1, $2, $3, $4::bigint, $5, $6, $7, $8, $11 from moved`,
    [app, account, randomId('vis_'), now, member, role, id, screen, placeOf(screen, check), hash, check ?? null],
  )
}

/** As a session remembers where it is. */
export function placeOf(screen: string, check: string | undefined): string {
  return check === undefined ? screen : `${screen}?check=${check}`
}
