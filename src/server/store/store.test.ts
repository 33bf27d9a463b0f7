import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accountInGoodStanding } from '#diagnosis/samples.ts'
import { findAccount, saveAccount } from './accounts.ts'
import { beginAttempt, findStoppedPlan, settleAttempt } from './attempts.ts'
import { insertCheck, markCancelled, pollCheck } from './checks.ts'
import { claimCode, dropCodes, findCheckByCode, forgetCodes } from './codes.ts'
import { DatabaseError, type Database } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { releaseLock, takeLock } from './locks.ts'
import { migrate } from './migrate.ts'
import { openPostgres } from './postgres.ts'
import { insertSession, redeemTicket } from './sessions.ts'
import { findSnapshot, saveSnapshot } from './snapshots.ts'
import { findEventsToDo, finishEvent, postponeEvent, receiveEvent } from './stripe-events.ts'
import { emptyDataFolder } from './test-folder.ts'
import { postgresBin, startPostgres, withoutPostgres } from './test-postgres.ts'

const key = { app: 'app_maps', account: 'acct_acme' }
const acme = { ...key, label: 'Acme', customer: 'cus_acme', members: [{ id: 'anna', role: 'owner' as const }] }

type Opened = { database: Database; close: () => Promise<void> }

async function embedded(): Promise<Opened> {
  const folder = await emptyDataFolder()
  const database = await openEmbedded(folder)
  return {
    database,
    close: async () => {
      await database.close()
      rmSync(folder, { recursive: true })
    },
  }
}

async function postgres(): Promise<Opened> {
  const server = await startPostgres()
  const database = openPostgres(server.url, () => {})
  return {
    database,
    close: async () => {
      await database.close()
      await server.stop()
    },
  }
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
  let carriedOut: readonly string[]

  beforeAll(async () => {
    opened = await open()
    database = opened.database
    carriedOut = await migrate(database)
  })
  afterAll(() => opened?.close())

  test('carries out every migration once, also when two processes start together', async () => {
    expect(carriedOut.length).toBeGreaterThanOrEqual(3)
    expect(carriedOut).toEqual(carriedOut.toSorted())
    expect(await Promise.all([migrate(database), migrate(database)])).toEqual([[], []])
  })

  test('takes back a whole transaction when one statement of it fails', async () => {
    await saveAccount(database, acme, 1)
    const twice = { ...acme, label: 'Changed', members: [...acme.members, ...acme.members] }
    await expect(saveAccount(database, twice, 2)).rejects.toThrow(DatabaseError)
    expect(await findAccount(database, key)).toEqual(acme)
  })

  test('takes back a transaction whose work throws, and throws the same on', async () => {
    const ours = new Error('ours')
    const work = database.transaction(async (queries) => {
      await queries.query('delete from accounts')
      throw ours
    })
    await expect(work).rejects.toBe(ours)
    expect(await findAccount(database, key)).toEqual(acme)
  })

  test('goes on after a failed statement, and says in PostgreSQL’s own code what failed', async () => {
    const codeOf = (sql: string) =>
      database.query(sql).then(
        () => 'no error',
        (error: unknown) => (error instanceof DatabaseError ? error.code : error),
      )
    expect(await codeOf('select from nowhere')).toBe('42P01')
    expect(await codeOf('selekt')).toBe('42601')
    expect(await codeOf("insert into migrations (name) values ('0001-first-tables.sql')")).toBe('23505')
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
  })

  test('lets one holder have an account at a time, until they let go or their lease runs out', async () => {
    const asked = await Promise.all(['a', 'b', 'c'].map((holder) => takeLock(database, key, holder, 100, 160)))
    expect(asked.filter(Boolean)).toHaveLength(1)
    const holder = ['a', 'b', 'c'][asked.indexOf(true)] ?? ''
    expect(await takeLock(database, { ...key, account: 'acct_other' }, 'd', 100, 160)).toBe(true)
    await releaseLock(database, key, 'somebody else')
    expect(await takeLock(database, key, 'd', 159, 219)).toBe(false)
    expect(await takeLock(database, key, 'd', 160, 220)).toBe(true)
    await releaseLock(database, key, holder)
    expect(await takeLock(database, key, 'e', 161, 221)).toBe(false)
    await releaseLock(database, key, 'd')
    expect(await takeLock(database, key, 'e', 161, 221)).toBe(true)
  })

  test('never writes an older reading over a newer one', async () => {
    for (const asOf of [10, 30, 20]) await saveSnapshot(database, key, accountInGoodStanding({ asOf }))
    expect(await findSnapshot(database, key)).toEqual(accountInGoodStanding({ asOf: 30 }))
    expect(await findSnapshot(database, { ...key, app: 'app_tiles' })).toBeUndefined()
  })

  test('lets a ticket be used by the first of many, and a key begin one attempt', async () => {
    const ticket = { jti: 'jti_0123456789abcdef', check: undefined, sessionHash: 'hash', expires: 400 }
    const redeemed = await Promise.all(Array.from({ length: 5 }, () => redeemTicket(database, key, ticket)))
    expect(redeemed.filter(Boolean)).toHaveLength(1)
    const attempt = { ...key, key: 'key_0123456789abcdef', deed: 'update-card', request: { b: 1, a: [2] } }
    const begun = await Promise.all(Array.from({ length: 5 }, () => beginAttempt(database, attempt, 100)))
    expect(begun.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect(begun.map(({ attempt }) => attempt)).toEqual(
      Array.from({ length: 5 }, () => ({ ...attempt, phase: 'calling' })),
    )
  })

  test('finds the plan that stopped for one invoice’s bank check, and no longer when it is settled', async () => {
    const attempt = { ...key, key: 'key_stopped_0123456', deed: 'pay-invoice', request: {} }
    await beginAttempt(database, attempt, 100)
    const confirm = { kind: 'confirm', invoice: 'in_1', clientSecret: 's' } as const
    await settleAttempt(database, attempt, confirm, 101)
    expect(await findStoppedPlan(database, key, 'in_2')).toBeUndefined()
    expect(await findStoppedPlan(database, key, 'in_1')).toMatchObject({ key: attempt.key, outcome: confirm })
    await settleAttempt(database, attempt, { kind: 'done' }, 102)
    expect(await findStoppedPlan(database, key, 'in_1')).toBeUndefined()
  })

  test('keeps an event once, and brings one that failed back later and later, for three days', async () => {
    const news = { kind: 'invoice', at: 1_000, about: {} } as const
    const event = { id: 'evt_1', type: 'invoice.paid', customer: 'cus_acme', news }
    expect([await receiveEvent(database, event, 1_000), await receiveEvent(database, event, 1_000)]).toEqual([
      true,
      false,
    ])
    const dueAt = async (now: number) => (await findEventsToDo(database, now, 10)).map(({ id }) => id)
    expect(await dueAt(1_000)).toEqual(['evt_1'])
    await postponeEvent(database, 'evt_1', 'StripeUnreachable', 1_000)
    expect([await dueAt(1_014), await dueAt(1_015)]).toEqual([[], ['evt_1']])
    await postponeEvent(database, 'evt_1', 'StripeUnreachable', 1_015)
    expect([await dueAt(1_044), await dueAt(1_045)]).toEqual([[], ['evt_1']])
    for (let tries = 0; tries < 30; tries += 1) await postponeEvent(database, 'evt_1', 'StripeUnreachable', 2_000)
    expect([await dueAt(5_599), await dueAt(5_600), await dueAt(1_000 + 3 * 86_400)]).toEqual([[], ['evt_1'], []])
    await finishEvent(database, 'evt_1', 5_600)
    expect(await dueAt(5_600)).toEqual([])
  })

  test('ends the sessions of members who are removed and gives the others their new role', async () => {
    const session = { ...key, role: 'owner' as const, created: 1, seen: 1, how: 'app' as const }
    const jo = { id: 'jo', role: 'owner' as const }
    await saveAccount(database, { ...acme, members: [...acme.members, jo] }, 3)
    for (const member of ['anna', 'jo', 'guest'])
      await insertSession(database, { ...session, hash: member, id: member, member })
    await saveAccount(database, { ...acme, members: [{ id: 'jo', role: 'viewer' }] }, 4)
    const rows = await database.query('select member, role from sessions order by member')
    expect(rows).toEqual([
      { member: 'guest', role: 'owner' },
      { member: 'jo', role: 'viewer' },
    ])
  })

  test('gives a code to one check at a time, and finds it however it is typed', async () => {
    const check = (id: string) => ({
      ...key,
      id,
      reported: 'unknown' as const,
      refused: true,
      reasons: [],
      created: 100,
    })
    for (const id of ['chk_one', 'chk_two']) await insertCheck(database, check(id))
    const claim = (check: string, now: number) =>
      claimCode(database, key, { code: '7K01-M4XD', check, expires: now + 86_400, now })
    expect(await claim('chk_one', 100)).toBe(true)
    expect([await claim('chk_two', 100), await claim('chk_two', 86_499)]).toEqual([false, false])
    for (const typed of ['7K01-M4XD', '7k01m4xd', ' 7koi - m4xd ', '7KOLM4XD'])
      expect([typed, (await findCheckByCode(database, typed, 86_499))?.id]).toEqual([typed, 'chk_one'])
    for (const typed of ['7K01-M4XE', '7K01-M4X', '7K01-M4XDD', '7K01-M4XU', '%', ''])
      expect([typed, await findCheckByCode(database, typed, 100)]).toEqual([typed, undefined])
    expect(await findCheckByCode(database, '7K01-M4XD', 86_500)).toBeUndefined()
    expect(await claim('chk_two', 86_500)).toBe(true)
    expect((await findCheckByCode(database, '7K01-M4XD', 86_500))?.id).toBe('chk_two')
    await markCancelled(database, key, 'chk_two', 86_501)
    expect(await findCheckByCode(database, '7K01-M4XD', 86_501)).toBeUndefined()
    await dropCodes(database, key, 'chk_two')
    expect(await claim('chk_one', 86_501)).toBe(true)
    await forgetCodes(database, 200_000)
    expect(await database.query('select code from codes')).toEqual([])
  })

  test('answers one of many polls at once, and slows the others down', async () => {
    const check = { ...key, id: 'chk_polled', reported: 'unknown' as const, refused: true, reasons: [], created: 100 }
    await insertCheck(database, check)
    const polls = await Promise.all(Array.from({ length: 10 }, () => pollCheck(database, 'chk_polled', 200)))
    expect(polls.filter((poll) => poll?.isEarly === false)).toHaveLength(1)
    expect(polls.map((poll) => poll?.interval).toSorted((a = 0, b = 0) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, number) => 5 + 5 * number),
    )
    expect(await pollCheck(database, 'chk_polled', 204)).toMatchObject({ isEarly: false, interval: 50 })
    expect(await pollCheck(database, 'chk_other', 204)).toBeUndefined()
  })
}
