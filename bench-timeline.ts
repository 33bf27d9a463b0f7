// `npm run bench:timeline`: how long a page of an account's timeline takes when 100,000 things have happened, on the
// embedded store and, where there is one on the machine, on PostgreSQL. Medians in milliseconds.
import { timelineKinds } from '#contract/desk-timeline-entry.ts'
import { timelineOf } from '#server/desk/timeline.ts'
import type { Database } from '#server/store/database.ts'
import { openEmbedded } from '#server/store/embedded.ts'
import { migrate } from '#server/store/migrate.ts'
import { openPostgres } from '#server/store/postgres.ts'
import { postgresBin, startPostgres } from '#server/store/test-postgres.ts'

const ENTRIES = 100_000
const ROUNDS = 15
const app = 'app_maps'
const now = 1_800_000_000
const clock = { now: () => now }

/** Rows as they are written, `count` of them, one every ten seconds. */
const rows = {
  checks: (
    count: number,
  ) => `insert into checks (app, account, id, actor, reported, refused, reasons, created, resolved)
    select $1, $2, 'chk_' || md5(n::text), 'anna', 'card_declined', true, '["card_declined"]', ${now} - n * 10,
      case when n % 7 = 0 then ${now} - n * 10 + 5 end from generate_series(1, ${count}) as n`,
  visits: (count: number) => `insert into visits (app, account, id, at, member, role, session, screen)
    select $1, $2, 'vis_' || md5(n::text), ${now} - n * 10, 'anna', 'owner', 'ses_1', '/invoices'
    from generate_series(1, ${count}) as n`,
  events: (count: number) => `insert into app_events (app, account, id, seq, body, state, tries, due, created, updated)
    select $1, $2, 'evt_' || substr(md5(n::text), 1, 22), n, jsonb_build_object('type', 'members.changed', 'timestamp',
      '2026-11-29T12:00:00Z', 'data', jsonb_build_object('account', $2::text, 'sequence', n)), 'sent', 1, 0,
      ${now} - n * 10, ${now} from generate_series(1, ${count}) as n`,
  news: (count: number) => `insert into stripe_news (app, account, id, kind, type, at, received, about)
    select $1, $2, 'evt_' || md5(n::text), (array['payment', 'invoice', 'subscription', 'other'])[n % 4 + 1],
      'invoice.updated', ${now} - n * 10, ${now} - n * 10, '{"object": "invoice", "id": "in_1", "status": "open"}'
    from generate_series(1, ${count}) as n`,
  mails: (
    count: number,
  ) => `insert into mails (app, account, id, recipient, letter, purpose, subject_id, due, created, updated)
    select $1, $2, 'mail_' || md5(n::text), 'anna@acme.example', '{}', 'usage', 'anna', 0, ${now} - n * 10, ${now}
    from generate_series(1, ${count}) as n`,
} as const
type Table = keyof typeof rows

async function fill(database: Database, account: string, tables: readonly Table[]): Promise<void> {
  await database.query(`insert into accounts (app, account, label, updated) values ($1, $2, 'Acme', 0)`, [app, account])
  // In parts: no statement may take longer than a request's.
  for (const table of tables) await database.query(rows[table](ENTRIES / tables.length), [app, account])
}

async function median(work: () => Promise<unknown>): Promise<string> {
  await work()
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now()
    await work()
    times.push(performance.now() - began)
  }
  return `${(times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? 0).toFixed(1)} ms`
}

async function measure(name: string, database: Database, account: string): Promise<void> {
  const key = { app, account }
  const page = (asked: Parameters<typeof timelineOf>[3]) => timelineOf({ ...clock, database }, 'viewer', key, asked)
  const deep = Buffer.from(JSON.stringify([now - ENTRIES * 4, 'refused', 'chk_'])).toString('base64url')
  const figures = [
    ['first page with counts', {}],
    ['deep page', { before: deep }],
    ...timelineKinds
      .filter((kind) => ['checks', 'payments', 'webhooks-out', 'links'].includes(kind))
      .map((kind) => [`only ${kind}`, { kinds: [kind] }] as const),
    ['deep, only webhooks in', { kinds: ['webhooks-in'], before: deep }],
    ['what is new', { after: now - 60 }],
  ] as const
  for (const [what, asked] of figures) console.log(`${name}: ${what}: ${await median(() => page(asked as never))}`)
}

async function run(store: string, database: Database): Promise<void> {
  await migrate(database)
  await fill(database, 'acct_worst', ['checks'])
  await fill(database, 'acct_mixed', ['checks', 'visits', 'events', 'news', 'mails'])
  if (store === 'PostgreSQL') await database.query('analyze')
  await measure(`${store}, ${ENTRIES} refusals`, database, 'acct_worst')
  await measure(`${store}, ${ENTRIES} mixed`, database, 'acct_mixed')
  await database.close()
}

await run('embedded', await openEmbedded(undefined))
if (postgresBin !== undefined) {
  const server = await startPostgres()
  await run(
    'PostgreSQL',
    openPostgres(server.url, (error) => console.error(error.message)),
  )
  await server.stop()
}
