import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { answerBank, openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { liveRows, type StateRow } from '#sandbox/stripe/test-live-rows.ts'
import { owingRows } from '#sandbox/stripe/test-owing-rows.ts'
import { pausedRows } from '#sandbox/stripe/test-paused-rows.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { openHealer, type Healer, type Step } from './test-healer.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

/** Whether the app serves at once, while no grace is given, and by which remedies it serves again. */
const expected: Readonly<Record<string, readonly Step['fix'][]>> = {}

let bench: Bench
let portal: TestPortal
let desk: Desk
let healer: Healer

beforeAll(async () => {
  bench = await openBench()
  await ensurePrices(bench.stripe)
  portal = await openTestPortal(bench.origin, {
    merchant: { graceDays: 0, plans: { team_monthly: { name: 'Team', offered: true } } },
  })
  desk = openDesk(portal, bench)
  healer = openHealer(portal, { ...bench, answerBank }, desk)
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

const rows: [string, StateRow][] = [...liveRows, ...owingRows, ...pausedRows].map((row) => [row.id, row])

test.each(rows)('%s: the remedies that are offered end in access, and no invoice is paid twice', async (id, row) => {
  const { clock, customer, id: subscription } = await row.reach(bench)
  portal.clock.now = (await bench.stripe.testHelpers.testClocks.retrieve(clock.id)).frozen_time
  const stay = await desk.enter(Promise.resolve({ customer, subscriptions: [subscription] }))
  const steps = await healer.heal(stay)
  console.log(id, JSON.stringify(steps), expected[id])
  expect((await healer.refusal(stay, {})).allowed).toBe(true)
})
