import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Lab } from '#sandbox/demo/lab.ts'
import { stateNames, stateOf } from '#sandbox/demo/states.ts'
import { openBench, type Bench } from './test-bench.ts'
import { labOf, who } from './test-lab.ts'
import { seen } from './test-moves.ts'
import { remedies } from './test-remedies.ts'

let bench: Bench
let lab: Lab
beforeAll(async () => {
  bench = await openBench()
  lab = await labOf(bench)
})
afterAll(() => bench.close())

describe('a state of billing that Stripe can be in is reached, and its remedy works', () => {
  for (const name of stateNames) {
    const state = stateOf(name)
    it(`${name}: ${state.title}`, async () => {
      const made = { ...(await state.reach(lab, who)) }
      expect(await seen(bench, made.id)).toEqual(state.seen)
      const remedy = remedies[name]
      if (remedy === undefined) return
      await remedy.fix(bench, made)
      expect(await seen(bench, made.id)).toEqual(remedy.after)
    })
  }
})
