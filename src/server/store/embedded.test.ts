import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { findAccount, saveAccount } from './accounts.ts'
import { DatabaseError } from './database.ts'
import { openEmbedded } from './embedded.ts'
import { FolderInUse, lockFolder } from './folder-lock.ts'
import { migrate } from './migrate.ts'
import { emptyDataFolder } from './test-folder.ts'

const root = mkdtempSync(join(tmpdir(), 'fix402-embedded-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const main = resolve(import.meta.dirname, '../main.ts')
const acme = { app: 'app_maps', account: 'acct_acme', label: 'Acme', customer: undefined, members: [] }

test('a second process on the same folder is refused with one line that says who has it', async () => {
  const folder = mkdtempSync(join(root, 'shared-'))
  const unlock = lockFolder(folder)
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, NODE_ENV: '', PORT: '45020', DATA_DIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lines = text(child.stderr)
  const [code] = (await once(child, 'exit')) as [number]
  unlock()
  expect([code, await lines]).toEqual([
    1,
    `${folder} is in use by process ${process.pid}: stop it first, or set DATA_DIR to another folder\n`,
  ])
})

test('the same process cannot open a folder twice, but again after closing it, with everything in it', async () => {
  const folder = await emptyDataFolder()
  const first = await openEmbedded(folder)
  await migrate(first)
  await saveAccount(first, acme, 1)
  await expect(openEmbedded(folder)).rejects.toThrow(FolderInUse)
  await first.close()
  const second = await openEmbedded(folder)
  expect(await findAccount(second, acme)).toEqual(acme)
  await second.close()
  rmSync(folder, { recursive: true })
})

test.each([
  ['a process that died', () => String(spawnSync(process.execPath, ['-e', '']).pid)],
  ['a process that died before it could sign', () => ''],
  ['a dead process that had our own number, as in a container started again', () => String(process.pid)],
])('the lock of %s is taken over', (_, owner) => {
  const folder = mkdtempSync(join(root, 'dead-'))
  const file = join(folder, 'lock')
  writeFileSync(file, owner())
  const unlock = lockFolder(folder)
  expect(readFileSync(file, 'utf8')).toBe(String(process.pid))
  expect(() => lockFolder(folder)).toThrow(FolderInUse)
  unlock()
  expect(existsSync(file)).toBe(false)
})

test('nobody else on the machine gets at the files, also in a folder that was open to all', async () => {
  const folder = join(root, 'private')
  mkdirSync(folder, { mode: 0o755 })
  const database = await openEmbedded(folder)
  // PGlite gives its files a mode of its own; the folder around them is what closes them.
  const closed = ['database', 'lock'].map((name) => statSync(join(folder, name)).mode & 0o077)
  expect([readdirSync(folder), closed]).toEqual([
    ['database', 'lock'],
    [0, 0],
  ])
  await database.close()
})

test('a folder whose database is broken is refused at once, and given back', async () => {
  const folder = join(root, 'broken')
  mkdirSync(join(folder, 'database'), { recursive: true })
  writeFileSync(join(folder, 'database', 'PG_VERSION'), 'not a version')
  await expect(openEmbedded(folder)).rejects.toBeInstanceOf(DatabaseError)
  expect(readdirSync(folder)).not.toContain('lock')
})

test('what is asked after closing fails instead of waiting for ever', async () => {
  const folder = await emptyDataFolder()
  const database = await openEmbedded(folder)
  await database.close()
  rmSync(folder, { recursive: true })
  await expect(database.query('select 1')).rejects.toThrow('stopped')
})
