import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { DatabaseError, type Database, type Queries, type Row } from './database.ts'
import { lockFolder } from './folder-lock.ts'

type Answer = { id: number; rows: Row[] } | { id: number; error: string; code?: string } | { id: -1; error: string }

/**
 * PostgreSQL inside this process's own worker thread, its files in `folder` (undefined: in memory). The event loop stays
 * free. One process at a time: PGlite takes no lock and two writers lose acknowledged rows, so we take one and refuse.
 * Throws FolderInUse.
 */
export async function openEmbedded(folder: string | undefined): Promise<Database> {
  const unlock = folder === undefined ? () => undefined : lockFolder(prepare(folder))
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
    workerData: { folder: folder && join(folder, 'database') },
  })
  const waiting = new Map<number, { resolve(rows: Row[]): void; reject(error: Error): void }>()
  let next = 1
  let queue: Promise<unknown> = Promise.resolve()

  worker.on('message', (answer: Answer) => {
    const caller = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) caller?.reject(new DatabaseError(answer.error, 'code' in answer ? answer.code : undefined))
    else caller?.resolve(answer.rows)
  })
  let end: DatabaseError | undefined
  const gone = (reason: string) => {
    end ??= new DatabaseError(`the embedded database has stopped${reason}`)
    for (const caller of waiting.values()) caller.reject(end)
    waiting.clear()
  }
  worker.on('error', (error) => gone(`: ${error.message}`))
  worker.on('exit', () => gone(''))

  const send = (sql: string, parameters: readonly unknown[] = []) =>
    new Promise<Row[]>((resolve, reject) => {
      if (end) return reject(end)
      const id = next++
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, sql, parameters })
    })
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work, work)
    queue = turn.catch(() => undefined)
    return turn
  }
  const queries: Queries = { query: send }

  await send('select 1').catch((error: unknown) => {
    unlock()
    throw error
  })
  return {
    query: (sql, parameters) => inTurn(() => send(sql, parameters)),
    transaction: (work) =>
      inTurn(async () => {
        await send('begin')
        try {
          const result = await work(queries)
          await send('commit')
          return result
        } catch (error) {
          await send('rollback')
          throw error
        }
      }),
    close: () =>
      inTurn(async () => {
        await send('close')
        await worker.terminate()
        unlock()
      }),
  }
}

/** Billing data is for this user's eyes only: PGlite itself would leave its files readable to everyone. */
function prepare(folder: string): string {
  process.umask(0o077)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
