import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lab } from '#sandbox/demo/lab.ts'
import { stateNames, stateOf } from '#sandbox/demo/states.ts'
import { answerBank, openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { labOf, who } from '#sandbox/stripe/test-lab.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { openHealer, type Healer } from './test-healer.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

let bench: Bench
let lab: Lab
let portal: TestPortal
let desk: Desk
let healer: Healer

beforeAll(async () => {
  bench = await openBench()
  lab = await labOf(bench)
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

test.each(stateNames)('%s: the remedies that are offered end in access, and nothing is paid twice', async (name) => {
  const { clock, customer, id } = await stateOf(name).reach(lab, who)
  portal.clock.now = (await bench.stripe.testHelpers.testClocks.retrieve(clock)).frozen_time
  const stay = await desk.enter(Promise.resolve({ customer, subscriptions: [id] }))
  await healer.heal(stay)
  expect((await healer.refusal(stay, {})).allowed).toBe(true)
  expect(await desk.paidTwice(customer)).toEqual([])
})
