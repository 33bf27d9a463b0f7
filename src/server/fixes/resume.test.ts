import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Visit } from '#contract/visit.ts'
import { healthy, trialPaused } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from '#server/test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
const price = { amount: 49_00, currency: 'eur' }

let bench: Bench
let portal: TestPortal
let studio: Studio
let desk: Desk
let acme: Stay

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin)
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})
beforeEach(async () => {
  acme = await desk.enter(trialPaused(studio, who))
})
afterEach(() => desk.heal())

const withCard = async (template?: string) => ({
  with: { method: await desk.otherCard(acme.customer, template) },
  plan: { invoices: [], subscription: acme.subscriptions[0], total: price },
})
const resume = (request: object, key = randomUUID()) => acme.browser.deed('resume', request, key)
const charges = () => desk.charges(acme.customer)
const status = async () => (await bench.stripe.subscriptions.retrieve(acme.subscriptions[0] ?? '')).status

test('the refused person is told why it is paused and what going on costs', async () => {
  const { body } = await acme.browser.get('/api/visit')
  expect(body).toMatchObject({
    diagnosis: {
      blockers: [
        {
          reason: 'subscription_paused',
          fix: 'resume',
          plan: 'Team',
          cause: 'trial_end_without_payment_method',
          price,
          interval: { unit: 'month', count: 1 },
        },
      ],
    },
  })
})

test('what it costs to go on is what is charged, with its tax', async () => {
  await bench.stripe.subscriptions.update(acme.subscriptions[0] ?? '', { automatic_tax: { enabled: true } })
  const { goOn } = (await acme.browser.get('/api/visit')).body as Visit
  expect(goOn?.quote).toEqual({ due: { amount: 58_31, currency: 'eur' }, tax: { amount: 9_31, currency: 'eur' } })
  const request = await withCard()
  expect((await resume(request)).outcome).toEqual({ kind: 'stale' })
  expect((await resume({ ...request, plan: { ...request.plan, total: goOn?.quote.due } })).outcome).toEqual({
    kind: 'done',
  })
  expect([await charges(), await status()]).toEqual([[58_31], 'active'])
})

test('a card just saved is pinned, charged once, and the plan goes on', async () => {
  const setupIntent = await desk.newCard(acme.browser)
  const { outcome, visit } = await resume({ ...(await withCard()), with: { setupIntent } })
  expect([outcome, visit.diagnosis.verdict, await charges(), await status()]).toEqual([
    { kind: 'done' },
    'clear',
    [49_00],
    'active',
  ])
})

test('one that was paused on request goes on at once, and the period that is paid for is not paid again', async () => {
  acme = await desk.enter(healthy(studio, who))
  await bench.stripe.subscriptions.pause(acme.subscriptions[0] ?? '', { type: 'subscription' })
  const nothing = { amount: 0, currency: 'eur' }
  expect((await acme.browser.get('/api/visit')).body).toMatchObject({ goOn: { quote: { due: nothing } } })
  const { with: card, plan } = await withCard()
  expect((await resume({ with: card, plan: { ...plan, total: nothing } })).outcome).toEqual({ kind: 'done' })
  expect([await charges(), await status()]).toEqual([[], 'active'])
})

test('a double click and a second tab at the same moment charge once', async () => {
  const request = await withCard()
  const key = randomUUID()
  const answers = await Promise.all([resume(request, key), resume(request, key), resume(request)])
  expect(answers.map(({ outcome }) => outcome.kind)).toEqual(['done', 'done', 'done'])
  expect(await charges()).toEqual([49_00])
})

test('when Stripe resumes it and the answer is lost, it is done and charged once', async () => {
  await desk.fault({ method: 'POST', path: '/resume$', kind: 'error_after_effect' })
  expect((await resume(await withCard())).outcome).toEqual({ kind: 'done' })
  expect(await charges()).toEqual([49_00])
})

test('when Stripe breaks off before it resumes nobody claims anything, and the same key charges once', async () => {
  const request = await withCard()
  const key = randomUUID()
  await desk.fault({ method: 'POST', path: '/resume$', kind: 'reset', times: 2 })
  expect([(await resume(request, key)).outcome, await charges()]).toEqual([{ kind: 'unknown' }, []])
  expect([(await resume(request, key)).outcome, await charges()]).toEqual([{ kind: 'done' }, [49_00]])
})

test('a declined card leaves it paused, takes nothing, and the next card pays that same invoice', async () => {
  const { outcome, visit } = await resume(await withCard('pm_card_chargeCustomerFail'))
  expect([outcome.kind, visit.diagnosis.verdict, await charges(), await status()]).toEqual([
    'declined',
    'blocked',
    [],
    'paused',
  ])
  expect((await resume(await withCard())).outcome).toEqual({ kind: 'done' })
  expect([await charges(), await status()]).toEqual([[49_00], 'active'])
})

test('a bank that asks opens its check', async () => {
  const { outcome, visit } = await resume(await withCard('pm_card_authenticationRequired'))
  expect([outcome.kind, visit.diagnosis.blockers[0]?.fix]).toEqual(['confirm', 'confirm-payment'])
})

test('a lower sum than what would be charged is refused before anything is', async () => {
  const request = await withCard()
  const { outcome } = await resume({ ...request, plan: { ...request.plan, total: { ...price, amount: 39_00 } } })
  expect([outcome, await charges(), await status()]).toEqual([{ kind: 'stale' }, [], 'paused'])
})
