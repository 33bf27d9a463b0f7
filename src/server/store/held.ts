import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Database, Queries } from './database.ts'
import { forgetAbout } from './stripe-news.ts'

type HeldTable = {
  /** What its rows are told apart by within one account. */
  readonly key: readonly string[]
  /** Columns that are, or stand for, a secret: they leave for nobody. */
  readonly withheld?: readonly string[]
  /** Members of its JSON, at whatever depth, that Stripe asks not to tell customers. */
  readonly unsaid?: readonly string[]
  /** Stays when the account is erased: it names no person. */
  readonly stays?: true
}

/** Everything that is held about an account. A table that is in neither list fails a test. */
export const heldTables = {
  accounts: { key: [] },
  members: { key: ['member'] },
  removed_members: { key: ['member'] },
  billing_recipients: { key: ['email'] },
  checks: { key: ['id'] },
  codes: { key: ['code'] },
  asks: { key: ['id'], withheld: ['token_hash'] },
  guest_links: { key: ['id'], withheld: ['token_hash'] },
  sessions: { key: ['id'], withheld: ['hash'] },
  visits: { key: ['id'] },
  // What the bank said is for the merchant: Stripe asks not to tell customers all of it.
  stripe_news: { key: ['id'], withheld: ['said'] },
  // A link that was used stays used.
  used_tickets: { key: ['jti'], withheld: ['session_hash'], stays: true },
  mails: { key: ['id'] },
  // Who looked is told; whence, and what else they did that hour, is not. It names staff, not customers.
  staff_audit: { key: ['id'], withheld: ['ip', 'session', 'staff', 'previous', 'hash'], stays: true },
  goodwill: { key: ['id'] },
  desk_acts: { key: ['key'], withheld: ['key', 'staff', 'request', 'result'] },
  // That there is one is told, and when and about what; what staff told each other is not.
  desk_notes: { key: ['id'], withheld: ['body', 'staff', 'name', 'closed_by'] },
  attempts: { key: ['key'], withheld: ['said'] },
  setups: { key: ['setup_intent'] },
  snapshots: { key: [], unsaid: ['declineCode', 'adviceCode', 'networkAdviceCode'] },
  saved_cards: { key: ['method'] },
  access_states: { key: [] },
  app_events: { key: ['id'] },
  app_event_attempts: { key: ['event', 'number'] },
  usage_days: { key: ['meter', 'day', 'api_key'] },
  usage_member_days: { key: ['meter', 'day', 'member'] },
  usage_alerts: { key: ['meter', 'kind', 'value'] },
  usage_letter_stops: { key: ['member'] },
  usage_events: { key: ['id'] },
  usage_meters: { key: ['meter'] },
  usage_thresholds: { key: ['meter', 'period', 'threshold'] },
  meter_forwards: { key: ['id'] },
  rate_windows: { key: ['meter'] },
  credit_entries: { key: ['seq'] },
  credit_purses: { key: [] },
  credit_lots: { key: ['seq'] },
  credit_draws: { key: ['meter', 'period'] },
  credit_orders: { key: ['id'] },
  auto_recharges: { key: [] },
  caps: { key: ['api_key'] },
  backup_methods: { key: [] },
  backup_charges: { key: ['invoice'] },
} as const satisfies Readonly<Record<string, HeldTable>>

/** Tables that say nothing about an account, and why. */
export const notHeld = {
  migrations: 'The shape of the database.',
  account_locks: 'Who moves money just now, for seconds.',
  app_event_counts: 'How many events there were; the events are told.',
  usage_looks: 'What is to be looked at in the background, for seconds.',
  throttles: 'Counts of tries; of whom, only a hash is kept, and only for an hour.',
  sign_ins: 'Tries to sign in, before anybody knows to what; gone within twenty minutes.',
  stripe_events: 'Hints from Stripe, by its own ids, for a month; what they tell of an account is in its news.',
  gone_webhooks: 'Addresses of the app.',
  staff_sessions: 'Who of the merchant’s support is signed in, for an hour.',
  staff_sign_ins: 'Staff on their way to the identity provider, for minutes.',
  staff_views: 'What a row of the audit let somebody of support see; the row is handed over.',
  staff_audit_head: 'The last hash of the audit.',
} as const satisfies Readonly<Record<string, string>>

export type HeldName = keyof typeof heldTables
export const heldNames = Object.keys(heldTables) as readonly HeldName[]

const BATCH = 500
const HeldRow = z.looseObject({ row: z.string() })

/** The rows of one table as JSON texts, batch by batch, without what is withheld. Numbers are the database's own. */
export async function* readHeld(
  database: Queries,
  { app, account }: AccountKey,
  table: HeldName,
): AsyncGenerator<readonly string[]> {
  const { key, withheld = [], unsaid = [] }: HeldTable = heldTables[table]
  let after: readonly string[] | undefined
  for (;;) {
    const bound = after ? `and (${key.join(', ')}) > (${after.map((_, index) => `$${index + 4}`).join(', ')})` : ''
    const rows = await database.query(
      `select (to_jsonb(${table})${withheld.map((column) => ` - '${column}'`).join('')})::text as row
         ${key.map((column, index) => `, ${column}::text as key_${index}`).join('')}
       from ${table} where app = $1 and account = $2 ${bound}
       ${key.length > 0 ? `order by ${key.join(', ')}` : ''} limit $3`,
      [app, account, BATCH, ...(after ?? [])],
    )
    const read = rows.map((row) => HeldRow.parse(row))
    if (read.length > 0) yield read.map(({ row }) => (unsaid.length > 0 ? without(unsaid, row) : row))
    const last = read.at(-1)
    if (!last || read.length < BATCH || key.length === 0) return
    after = key.map((_, index) => String(last[`key_${index}`]))
  }
}

function without(names: readonly string[], row: string): string {
  return JSON.stringify(JSON.parse(row, (name, value: unknown) => (names.includes(name) ? undefined : value)))
}

/** Takes everything away that names a person or belongs to the account, at once or not at all. */
export async function eraseHeld(database: Database, { app, account }: AccountKey): Promise<void> {
  const names = heldNames.filter((table) => !('stays' in heldTables[table]))
  await database.transaction(async (queries) => {
    await forgetAbout(queries, { app, account })
    for (const table of [...names, 'app_event_counts', 'usage_looks']) {
      await queries.query(`delete from ${table} where app = $1 and account = $2`, [app, account])
    }
  })
}
