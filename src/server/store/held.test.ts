import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { eraseHeld, heldNames, heldTables, notHeld, readHeld, type HeldName } from './held.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { appendAudit, findAudit } from './staff-audit.ts'
import { emptyDataFolder } from './test-folder.ts'
import { postgresBin, startPostgres, withoutPostgres } from './test-postgres.ts'

const acme = { app: 'app_maps', account: 'acct_acme' }
const globex = { app: 'app_maps', account: 'acct_globex' }

type Opened = { database: Database; close: () => Promise<void> }

async function embedded(): Promise<Opened> {
  const folder = await emptyDataFolder()
  const database = await openEmbedded(folder)
  return { database, close: () => database.close().then(() => rmSync(folder, { recursive: true })) }
}

async function postgres(): Promise<Opened> {
  const server = await startPostgres()
  const database = openPostgres(server.url, () => {})
  return { database, close: () => database.close().then(() => server.stop()) }
}

describe('the embedded store', () => {
  promises(embedded)
})
describe.skipIf(postgresBin === undefined)(`PostgreSQL${withoutPostgres}`, () => {
  promises(postgres)
})

function promises(open: () => Promise<Opened>): void {
  let opened: Opened
  let database: Database
  let columns: readonly { table: string; column: string; type: string }[]

  beforeAll(async () => {
    opened = await open()
    database = opened.database
    await migrate(database)
    const rows = await database.query(
      `select table_name, column_name, data_type from information_schema.columns
       where table_schema = 'public' order by table_name, ordinal_position`,
    )
    columns = rows.map((row) => ({
      table: String(row['table_name']),
      column: String(row['column_name']),
      type: String(row['data_type']),
    }))
    for (const table of heldNames) for (const key of [acme, globex]) await fill(table, key)
  })
  afterAll(() => opened?.close())

  /** A row whose every text tells whose it is and in which column it stands. */
  async function fill(table: HeldName, { app, account }: typeof acme) {
    const own = columns.filter((column) => column.table === table)
    const values = own.map(({ column, type }) => {
      if (column === 'app') return app
      if (column === 'account') return account
      if (type === 'jsonb') return JSON.stringify({ of: account })
      if (type === 'boolean') return true
      // Numbers that are told apart across accounts, as those of a chain are.
      return type === 'text' ? `${column} of ${account}` : 7 + account.length
    })
    await database.query(
      `insert into ${table} (${own.map(({ column }) => column).join(', ')})
       values (${own.map((_, index) => `$${index + 1}`).join(', ')})`,
      values,
    )
  }

  async function read(table: HeldName, key: typeof acme): Promise<readonly Record<string, unknown>[]> {
    const all: Record<string, unknown>[] = []
    for await (const rows of readHeld(database, key, table)) {
      all.push(...rows.map((row) => JSON.parse(row) as Record<string, unknown>))
    }
    return all
  }

  test('every table is either handed over or has a reason why not', () => {
    const tables = [...new Set(columns.map(({ table }) => table))]
    expect([...heldNames, ...Object.keys(notHeld)].toSorted()).toEqual(tables.toSorted())
  })

  test('whatever tells an account apart is handed over', () => {
    const byAccount = new Set(columns.filter(({ column }) => column === 'account').map(({ table }) => table))
    const spared = ['account_locks', 'app_event_counts', 'usage_looks', 'sign_ins', 'staff_views']
    expect([...byAccount].filter((table) => !spared.includes(table)).toSorted()).toEqual(heldNames.toSorted())
  })

  test.each(heldNames)('of %s an account is told its own rows, all of them but for secrets', async (table) => {
    const { withheld = [] }: { key: readonly string[]; withheld?: readonly string[] } = heldTables[table]
    const told = columns.filter((column) => column.table === table && !withheld.includes(column.column))
    const [row, ...others] = await read(table, acme)
    expect(others).toEqual([])
    expect(Object.keys(row ?? {}).toSorted()).toEqual(told.map(({ column }) => column).toSorted())
    expect(JSON.stringify(row)).not.toContain('globex')
  })

  test('no column that holds a secret or stands for one is handed over', () => {
    const isHeld = (table: string): table is HeldName => table in heldTables
    const secret = columns.flatMap(({ table, column }) =>
      isHeld(table) && /hash|secret|token|password/.test(column) ? [{ table, column }] : [],
    )
    const told = secret.map(({ table }) => [table, heldTables[table]])
    expect(told).toMatchObject(
      secret.map(({ table, column }) => [table, { withheld: expect.arrayContaining([column]) }]),
    )
    expect(secret.length).toBeGreaterThan(3)
  })

  test('thousands of rows come once each, in the same order every time', async () => {
    const many = { app: 'app_maps', account: 'acct_many' }
    await database.query(
      `insert into usage_days (app, account, meter, day, api_key, quantity)
       select $1, $2, 'loads', day, '', 0.1 from generate_series(1, 1234) as day`,
      [many.app, many.account],
    )
    const days = (await read('usage_days', many)).map(({ day }) => day)
    expect(days).toEqual(Array.from({ length: 1234 }, (_, index) => index + 1))
  })

  test('a look of support is kept with who and why, told to its account alone, and handed over', async () => {
    const looked = { app: 'app_maps', account: 'acct_looked' }
    const staff = {
      staff: 'sub_robin',
      name: 'Robin',
      role: 'agent',
      session: 'sts_1',
      requestId: 'req_1',
      ip: '',
    } as const
    const first = { ...looked, ...staff, id: 'aud_1', at: 100, deed: 'read-account', reason: 'An invoice' } as const
    const second = { ...first, id: 'aud_2', at: 200 }
    for (const look of [first, second]) await database.transaction((queries) => appendAudit(queries, look))
    expect(await findAudit(database, looked, 10)).toMatchObject([second, first])
    expect(await findAudit(database, looked, 1)).toMatchObject([second])
    expect(await findAudit(database, { ...looked, account: 'acct_other' }, 10)).toEqual([])
    const told = (await read('staff_audit', looked)).map(({ id, name, reason, ip }) => ({ id, name, reason, ip }))
    expect(told).toEqual([first, second].map(({ id, name, reason }) => ({ id, name, reason, ip: undefined })))
  })

  test('what is erased is gone from every table that names somebody, and nobody else misses anything', async () => {
    await eraseHeld(database, acme)
    for (const table of heldNames) {
      expect([table, (await read(table, acme)).length]).toEqual([table, 'stays' in heldTables[table] ? 1 : 0])
      expect([table, (await read(table, globex)).length]).toEqual([table, 1])
    }
    await eraseHeld(database, acme)
  })
}
