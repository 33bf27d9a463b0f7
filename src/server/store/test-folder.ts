import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openEmbedded } from './embedded.ts'

const cache = resolve(import.meta.dirname, '../../../node_modules/.cache/fix402')

/** A new data folder with an empty embedded database in it. Making one takes PGlite seconds, copying one does not. */
export async function emptyDataFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fix402-test-'))
  execFileSync('cp', ['-R', await template(), join(folder, 'database')])
  return folder
}

async function template(): Promise<string> {
  const code = readFileSync(fileURLToPath(import.meta.resolve('@electric-sql/pglite')))
  const kept = join(cache, `empty-database-${createHash('sha256').update(code).digest('hex').slice(0, 16)}`)
  if (existsSync(kept)) return kept
  mkdirSync(cache, { recursive: true })
  const fresh = mkdtempSync(join(cache, 'making-'))
  const database = await openEmbedded(fresh)
  await database.close()
  try {
    renameSync(join(fresh, 'database'), kept)
  } catch (error) {
    // Another worker was faster.
    if (!existsSync(kept)) throw error
  }
  rmSync(fresh, { recursive: true, force: true })
  return kept
}
