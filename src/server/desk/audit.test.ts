import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { AuditPage } from '#contract/desk-audit.ts'
import type { Database } from '#server/store/database.ts'
import { openEmbedded } from '#server/store/embedded.ts'
import { openPostgres } from '#server/store/postgres.ts'
import { FoundRow } from '#server/store/staff-audit.ts'
import { emptyDataFolder } from '#server/store/test-folder.ts'
import { postgresBin, startPostgres, withoutPostgres } from '#server/store/test-postgres.ts'
import {
  deskBrowser,
  openDesk,
  openTestIdentity,
  signInAtDesk,
  type Desk,
  type TestIdentity,
} from '#server/test-identity.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'
import { checkAudit } from './audit-check.ts'

/** Milliseconds: the database is opened and closed again several times. */
const slow = { timeout: 120_000 }

describe('the embedded store', () => {
  promises()
})
describe.skipIf(postgresBin === undefined)(`PostgreSQL${withoutPostgres}`, () => {
  promises(startPostgres)
})

function promises(start?: typeof startPostgres): void {
  let server: Awaited<ReturnType<typeof startPostgres>> | undefined
  let identity: TestIdentity
  let folder: string
  let portal: TestPortal
  let admin: Desk
  let people = 0
  const clock = { now: 1_800_000_000 }

  const openPortal = () =>
    openTestPortal('http://localhost:1', {
      desk: identity.desk,
      folder,
      clock,
      ...(server && { databaseUrl: server.url }),
    })
  const reopen = async () => {
    portal = await openPortal()
    admin = await openDesk(portal, identity, 'admin')
  }
  /** Somebody who has done nothing yet. */
  const newcomer = async (role = 'agent') => {
    const id = `sub_new_${people++}`
    identity.person = { sub: id, name: `Robin ${people}`, groups: [role] }
    const desk = deskBrowser(portal, identity)
    await signInAtDesk(desk)
    return { desk, id }
  }
  const view = (desk: Desk) =>
    desk.post('/api/desk/accounts/app_maps/acct_1/view-as', { reason: 'They cannot see their invoice' })
  const page = async (query = '', desk = admin, headers = {}) => {
    const answer = await desk.get(`/api/desk/audit${query}`, headers)
    return { ...answer, look: answer.headers.get('x-desk-look'), page: answer.body as AuditPage }
  }
  const exported = async () => {
    const { text } = await admin.get('/api/desk/audit/export')
    return text
      .trim()
      .split('\n')
      .map((line) => FoundRow.parse(JSON.parse(line)))
  }
  /** What `npm run audit:verify` says; the embedded database lets one process in at a time. */
  const verify = async (...args: string[]) => {
    if (!server) await portal.close()
    const { stdout, stderr, status } = spawnSync(process.execPath, ['src/server/audit-verify.ts', ...args], {
      encoding: 'utf8',
      env: { ...process.env, DATA_DIR: folder, DATABASE_URL: server?.url ?? '' },
    })
    if (!server) await reopen()
    return { said: stdout.trim() || stderr.trim(), status }
  }
  const asOwner = async (work: (database: Database) => Promise<unknown>) => {
    if (!server) await portal.close()
    const database = server ? openPostgres(server.url, () => {}) : await openEmbedded(folder)
    try {
      await work(database)
    } finally {
      await database.close()
      if (!server) await reopen()
    }
  }

  beforeAll(async () => {
    server = await start?.()
    identity = await openTestIdentity()
    folder = await emptyDataFolder()
    portal = await openPortal()
    await portal.register('acct_1')
  })
  afterAll(async () => {
    await portal?.close()
    await identity?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    admin = await openDesk(portal, identity, 'admin')
  })

  test('fifty acts at once leave one chain, each of them once', async () => {
    const desks = [await newcomer(), await newcomer(), await newcomer()]
    const acts = await Promise.all(Array.from({ length: 50 }, (_, index) => view(desks[index % 3]!.desk)))
    expect(acts.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200))
    const rows = await exported()
    const looks = acts.map(({ headers }) => headers.get('x-desk-look') ?? '')
    expect(
      rows
        .filter(({ deed }) => deed === 'view-as')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(looks.toSorted())
    expect(await checkAudit(rows)).toEqual({ rows: rows.length, broken: 0 })
  })

  test('a cap holds although all come at once, is said in words and in the log, and is over after an hour', async () => {
    const { desk, id } = await newcomer()
    const acts = await Promise.all(Array.from({ length: 26 }, () => view(desk)))
    expect(acts.filter(({ status }) => status === 200)).toHaveLength(20)
    const refused = acts.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(6)
    expect(refused[0]?.body).toMatchObject({ code: 'too-many', detail: 'At most 20 an hour, for each person: view-as' })
    expect(Number(refused[0]?.headers.get('retry-after'))).toBe(3_600)
    expect(portal.logged).toContainEqual([
      'a cap of the desk is reached',
      expect.objectContaining({ staff: id, deed: 'view-as', cap: 20 }),
    ])
    expect((await page(`?staff=${id}`)).page.rows).toHaveLength(20)
    portal.clock.now += 3_600
    identity.person = { sub: id, name: 'Robin', groups: ['agent'] }
    await signInAtDesk(desk)
    expect((await view(desk)).status).toBe(200)
  })

  test('the audit is read by admins alone, newest first, page by page, and reading it is a row', async () => {
    const { desk, id } = await newcomer('operator')
    expect((await page('', desk)).status).toBe(403)
    expect((await desk.get('/api/desk/audit/export')).status).toBe(403)
    const first = await page()
    expect(first.page.rows).toHaveLength(50)
    expect(first.page.rows[0]).toMatchObject({ id: first.look, deed: 'read-audit', staff: { id: 'sub_admin' } })
    const kept = { 'x-desk-look': first.look ?? '' }
    const second = await page(`?before=${first.page.more}`, admin, kept)
    expect(second.look).toBeNull()
    const ids = [...first.page.rows, ...second.page.rows].map((row) => row.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(first.page.rows.at(-1)!.at).toBeGreaterThanOrEqual(second.page.rows[0]!.at)
    expect(first.page.people).toContainEqual({ id: 'sub_admin', name: 'Robin admin' })
    expect(first.page.people.map((person) => person.id)).not.toContain(id)
  })

  test('it is narrowed to a person, an account and a deed; what was asked for is written down', async () => {
    const { desk, id } = await newcomer()
    await view(desk)
    const { page: one, look } = await page(`?staff=${id}&account=acct_1&deed=view-as`)
    expect(one.rows).toMatchObject([
      { staff: { id }, app: 'app_maps', account: 'acct_1', reason: 'They cannot see their invoice', subject: 'anna' },
    ])
    expect(one.more).toBeUndefined()
    const { page: reads } = await page('?deed=read-audit')
    expect(reads.rows.find((row) => row.id === look)?.subject).toBe(`staff=${id}&account=acct_1&deed=view-as`)
    expect((await page('?account=acct_elsewhere')).page.rows).toEqual([])
    expect((await page('?deed=juggle')).status).toBe(400)
    expect((await page('?before=x')).status).toBe(400)
  })

  test('the database refuses every change of what was written', slow, async () => {
    await asOwner(async (database) => {
      for (const sql of ["update staff_audit set name = 'Nobody'", 'delete from staff_audit', 'truncate staff_audit'])
        await expect(database.query(sql)).rejects.toThrow('append-only')
    })
    expect((await checkAudit(await exported())).broken).toBe(0)
  })

  test('the last row of a day goes to the log, and so does the last of all at a start', slow, async () => {
    const anchors = () => portal.logged.filter((line) => (line as [string])[0] === 'audit anchor')
    await view((await newcomer()).desk)
    const before = await exported()
    const last = before.at(-1)!
    portal.clock.now += 86_400
    admin = await openDesk(portal, identity, 'admin')
    await page()
    const day = new Date(last.day * 86_400_000).toISOString().slice(0, 10)
    expect(anchors().at(-1)).toEqual(['audit anchor', { day, seq: last.seq, hash: last.hash }])
    await portal.close()
    portal = await openPortal()
    expect(anchors()).toHaveLength(1)
  })

  test(
    'the whole chain is verified by a command, from the database, from an export, and against the log',
    slow,
    async () => {
      const rows = await exported()
      const whole = { said: `rows ${rows.length}, broken 0`, status: 0 }
      expect(await verify()).toEqual(whole)
      const { text } = await admin.get('/api/desk/audit/export')
      const file = join(folder, 'export.ndjson')
      writeFileSync(file, text)
      expect((await verify(file)).said).toBe(`rows ${rows.length + 1}, broken 0`)
      const { seq, hash, day } = rows[4]!
      const dayText = new Date(day * 86_400_000).toISOString().slice(0, 10)
      const log = join(folder, 'portal.log')
      const anchor = { level: 40, msg: 'audit anchor', day: dayText, seq, hash }
      writeFileSync(log, `not json\n${JSON.stringify(anchor)}\n`)
      expect((await verify(file, '--log', log)).said).toBe(`rows ${rows.length + 1}, broken 0`)
      writeFileSync(log, JSON.stringify({ ...anchor, hash: 'f'.repeat(64) }))
      expect(await verify(file, '--log', log)).toEqual({
        said: `rows ${rows.length + 1}, broken 1\nfirst broken: ${dayText} row ${seq} (${rows[4]!.id}): the log says another hash for it`,
        status: 1,
      })
      expect(await verify(join(folder, 'nothing'))).toMatchObject({ status: 2 })
    },
  )

  test('whoever owns the database and changes a row all the same is found out', slow, async () => {
    const rows = await exported()
    const { day, seq, id } = rows[2]!
    const named = `${new Date(day * 86_400_000).toISOString().slice(0, 10)} row ${seq} (${id})`
    await asOwner(async (database) => {
      await database.query('alter table staff_audit disable trigger all')
      await database.query(`update staff_audit set reason = 'They asked me to' where id = '${id}'`)
      await database.query('alter table staff_audit enable trigger all')
    })
    expect(await verify()).toEqual({
      said: `rows ${rows.length}, broken 1\nfirst broken: ${named}: what it says is not what was written`,
      status: 1,
    })
  })
}
