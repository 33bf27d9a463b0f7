import type { Airlock } from './account.ts'
import type { App, Config } from './config.ts'
import type { Log } from './errors.ts'
import type { SessionRecord } from './store/sessions.ts'
import type { Database } from './store/database.ts'
import type { StripeClient } from './stripe/client.ts'

/** With which hands: what every route and deed may use. `now` is unix seconds, UTC. */
export type Hands = {
  readonly config: Config
  readonly database: Database
  readonly stripe: StripeClient
  readonly airlock: Airlock
  readonly log: Log
  readonly now: () => number
}

/** Hono's variables: set by middleware, read by routes. */
export type Env = {
  Variables: {
    requestId: string
    app: App
    session: SessionRecord
    /** What this answer is shown on, where a route knows it better than its path does. */
    shown: { readonly screen: string; readonly check?: string }
  }
}
