/** One row as the driver gives it: parsed by the table's own schema before it goes anywhere. */
export type Row = Record<string, unknown>

/**
 * What the tables need of a database. Parameters are `$1…`; values that are objects are sent as JSON text by the caller.
 * Both drivers raise `DatabaseError`.
 */
export type Queries = {
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>
}

export type Database = Queries & {
  /** Runs `work` in one transaction; what it throws rolls back and is thrown on. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export class DatabaseError extends Error {
  override name = 'DatabaseError'
  /** SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly code: string | undefined

  constructor(message: string, code?: string) {
    super(message)
    this.code = code
  }
}
