import type { RouterRoute } from 'hono/types'
import { pino } from 'pino'
import { createAirlock } from './account.ts'
import { createApp } from './app.ts'
import type { Socket } from './caller.ts'
import type { Config } from './config.ts'
import type { Hands } from './context.ts'
import type { Log } from './errors.ts'
import { openBackupCharger } from './jobs/charge-backups.ts'
import { openForwarder } from './jobs/forward-usage.ts'
import { openGifts } from './jobs/settle-gifts.ts'
import { openRecharger } from './jobs/recharge-credits.ts'
import { openPostman } from './jobs/send-mails.ts'
import { openWatch } from './jobs/watch-accounts.ts'
import { noteAccess } from './outbox/note-access.ts'
import { openOutbox } from './outbox/outbox.ts'
import type { Database } from './store/database.ts'
import { openEmbedded } from './store/embedded.ts'
import { migrate } from './store/migrate.ts'
import { openPostgres } from './store/postgres.ts'
import { createDesk } from './desk/app.ts'
import { noteAnchorAtStart } from './desk/audit-anchor.ts'
import { openIdentity } from './desk/identity.ts'
import { createStripe } from './stripe/client.ts'
import { openInbox } from './stripe/inbox.ts'

export type Portal = {
  /** With the socket, where there is one: it tells who calls. */
  readonly fetch: (request: Request, socket?: Socket) => Response | Promise<Response>
  /** Every address that is answered, by origin. */
  readonly routes: Readonly<Record<'portal' | 'desk', readonly RouterRoute[]>>
  close(): Promise<void>
}

/** Everything behind the front door, ready to be listened to. Throws FolderInUse, DatabaseError. */
export async function openPortal(
  config: Config,
  {
    pages,
    log = pino({ name: 'fix402', level: config.logLevel }),
    now = systemClock,
  }: { pages?: string; log?: Log; now?: () => number } = {},
): Promise<Portal> {
  const database = await openDatabase(config, log)
  await migrate(database)
  const stripe = createStripe(config.stripe.key, config.stripe.apiBase)
  const parts = { config, database, stripe, log, now }
  const outbox = openOutbox(parts)
  const airlock = createAirlock(parts, (told, count) => noteAccess(parts, outbox, told, count))
  const hands: Hands = { ...parts, airlock }
  const postman = openPostman(hands)
  const charger = openBackupCharger(hands, postman)
  const loops = {
    inbox: openInbox(hands, charger),
    charger,
    postman,
    recharger: openRecharger(hands),
    watch: openWatch(hands, { outbox, postman }),
    forwarder: openForwarder(hands),
    gifts: openGifts(hands),
    outbox,
  }
  const app = createApp(hands, loops, pages)
  const { desk } = config
  if (desk) await noteAnchorAtStart(log, database)
  const support = desk && createDesk({ ...hands, desk, identity: openIdentity(desk, log, now) }, loops, pages)
  const deskHost = desk && new URL(desk.origin).host
  return {
    routes: { portal: app.routes, desk: support?.routes ?? [] },
    // Two origins, one process: what is asked of the desk's host never reaches the portal's routes, nor the other way round.
    fetch: (request, socket) =>
      support && request.headers.get('host') === deskHost ? support.fetch(request, socket) : app.fetch(request, socket),
    close: async () => {
      // The outbox last: what the others find out may still be told.
      const { outbox: last, ...others } = loops
      await Promise.all(Object.values(others).map((loop) => loop.close()))
      await last.close()
      await database.close()
    },
  }
}

/** Embedded or PostgreSQL, as configured. Throws FolderInUse, DatabaseError. */
export function openDatabase(config: Config, log: Log): Promise<Database> | Database {
  if (config.databaseUrl === undefined) return openEmbedded(config.dataDir)
  return openPostgres(config.databaseUrl, (error) => log.error({ err: error }, 'a database connection was lost'))
}

function systemClock(): number {
  return Math.floor(Date.now() / 1_000)
}
