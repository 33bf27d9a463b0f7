import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBench, type Bench } from './test-bench.ts'
import { liveRows } from './test-live-rows.ts'
import { seen } from './test-moves.ts'
import { owingRows } from './test-owing-rows.ts'
import { pausedRows } from './test-paused-rows.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const look = (id: string) => (id === '' ? [null, null, null] : seen(bench, id))

describe('a state of billing that Stripe can be in is reached, and its remedy works', () => {
  for (const row of [...liveRows, ...owingRows, ...pausedRows]) {
    it(`${row.id}: ${row.title}`, async () => {
      const reached = await row.reach(bench)
      expect(await look(reached.id)).toEqual(row.seen)
      if (row.fix === undefined) return
      await row.fix(bench, reached)
      expect(await look(reached.id)).toEqual(row.after)
    })
  }
})
