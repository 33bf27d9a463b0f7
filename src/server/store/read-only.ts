import type { Database } from './database.ts'

/** The same rows, of which nothing can be changed: the database itself refuses (SQLSTATE 25006). */
export function readOnly(database: Pick<Database, 'transaction'>): Database {
  const transaction: Database['transaction'] = (work) =>
    database.transaction(async (queries) => {
      await queries.query('set transaction read only')
      return work(queries)
    })
  return {
    query: (sql, parameters) => transaction((queries) => queries.query(sql, parameters)),
    transaction,
    close: async () => {},
  }
}
