import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Database } from './database.ts'

const folder = new URL('./migrations/', import.meta.url)

/** Brings the schema up to date, forward only, one transaction per file. Answers the names it carried out. */
export async function migrate(database: Database): Promise<readonly string[]> {
  await database.transaction(async (queries) => {
    // `if not exists` alone fails for the second of two processes that start at once.
    await queries.query('select pg_advisory_xact_lock(402)')
    await queries.query('create table if not exists migrations (name text primary key)')
  })
  const names = readdirSync(fileURLToPath(folder))
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
  const carriedOut: string[] = []
  for (const name of names) {
    const fresh = await database.transaction(async (queries) => {
      // Two processes may start at once: the second waits here and then finds the row.
      await queries.query('lock table migrations in exclusive mode')
      const done = await queries.query('select 1 from migrations where name = $1', [name])
      if (done.length > 0) return false
      await queries.query(readFileSync(new URL(name, folder), 'utf8'))
      await queries.query('insert into migrations (name) values ($1)', [name])
      return true
    })
    if (fresh) carriedOut.push(name)
  }
  return carriedOut
}
