import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'

type Question = { id: number; sql: string; parameters: unknown[] }

const { folder } = workerData as { folder?: string }
const opened = PGlite.create(folder === undefined ? {} : { dataDir: folder })

/** Answers one at a time, in the order asked. */
let turn: Promise<void> = Promise.resolve()
parentPort?.on('message', (question: Question) => {
  turn = turn.then(() => answer(question))
})

async function answer({ id, sql, parameters }: Question): Promise<void> {
  try {
    const database = await opened
    if (sql === 'close') {
      await database.close()
      parentPort?.postMessage({ id, rows: [] })
      return
    }
    if (parameters.length > 0) {
      const { rows } = await database.query(sql, parameters)
      parentPort?.postMessage({ id, rows })
      return
    }
    const results = await database.exec(sql)
    parentPort?.postMessage({ id, rows: results.at(-1)?.rows ?? [] })
  } catch (error) {
    const { message, code } = error as { message: string; code?: string }
    parentPort?.postMessage({ id, error: message, ...(code !== undefined && { code }) })
  }
}
