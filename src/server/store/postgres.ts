import pg from 'pg'
import { DatabaseError, type Database, type Queries, type Row } from './database.ts'

/** PostgreSQL 15 or newer at a `postgres://` URL. A lost connection costs one query, never the process. */
export function openPostgres(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    statement_timeout: 5_000,
    connectionTimeoutMillis: 3_000,
  })
  pool.on('error', onError)
  const run = async (runner: Pick<pg.Pool, 'query'>, sql: string, parameters: readonly unknown[] = []) => {
    try {
      return (await runner.query<Row>(sql, [...parameters])).rows
    } catch (error) {
      throw failure(error)
    }
  }
  return {
    query: (sql, parameters) => run(pool, sql, parameters),
    async transaction(work) {
      const client = await pool.connect().catch((error: unknown) => {
        throw failure(error)
      })
      client.on('error', onError)
      const queries: Queries = { query: (sql, parameters) => run(client, sql, parameters) }
      let broken = false
      try {
        await queries.query('begin')
        const result = await work(queries)
        await queries.query('commit')
        return result
      } catch (error) {
        await queries.query('rollback').catch((failed: Error) => {
          // A connection that cannot even roll back is of no use to the next caller.
          broken = true
          onError(failed)
        })
        throw error
      } finally {
        client.off('error', onError)
        client.release(broken)
      }
    },
    close: () => pool.end(),
  }
}

/** A host with several addresses fails with one error for each and no message of its own. */
function failure(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : undefined
  return new DatabaseError(error.message || (code ?? error.name), code)
}
