import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { UsagePageSchema } from '#contract/usage-page.ts'
import type { UsageAlert } from '#contract/usage-alert.ts'
import { healthy } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { createMailbox } from '#sandbox/mailbox/mailbox.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openTestMailbox, type TestMailbox } from './mail/test-mailbox.ts'
import { openUsageStage, type UsageStage } from './test-usage.ts'

const DAY = 86_400
let bench: Bench
let box: TestMailbox
let stage: UsageStage
let accounts = 0

beforeAll(async () => {
  bench = await openBench()
  box = await openTestMailbox(createMailbox())
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: Math.floor(Date.now() / 1_000) }
  const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
  stage = await openUsageStage(bench, () => healthy(studio, who), { mail: box.mail })
})
afterAll(async () => {
  await stage?.close()
  await box?.close()
  await bench?.close()
})
afterEach(() => stage.reset())

/** An account with two who pay, each with an address of this test alone. */
async function enter() {
  accounts += 1
  const [anna, jo, sam] = ['anna', 'jo', 'sam'].map((name) => `${name}.${accounts}@alerts.example`)
  const acme = await stage.enter([
    { id: 'anna', role: 'owner', name: 'Anna', email: anna },
    { id: 'jo', role: 'billing_admin', name: 'Jo', email: jo },
    { id: 'sam', role: 'member', name: 'Sam', email: sam },
  ])
  const put = async (path: string, body: object, member = 'anna') =>
    (await acme.as(member)).send('PUT', `/api/usage/${path}`, body)
  return {
    ...acme,
    anna: anna ?? '',
    jo: jo ?? '',
    sam: sam ?? '',
    put,
    alert: async (...alerts: readonly UsageAlert[]) => {
      const { status, text, body } = await put('alerts', { alerts })
      expect([status, text]).toEqual([200, text])
      return UsagePageSchema.parse(body).alerts
    },
  }
}

const at80: UsageAlert = { kind: 'percent', meter: 'requests', value: 80 }

/** Whatever was reported before has been looked at when this other account's letter is there. */
async function everythingIsSeen(): Promise<void> {
  const other = await enter()
  await other.alert(at80)
  await other.report('requests', 900)
  await box.arrived(other.anna)
}

test('everybody who pays gets one letter when an alert is reached, and no second one in the period', async () => {
  const acme = await enter()
  await acme.alert(at80)
  await acme.report('requests', 799)
  await everythingIsSeen()
  expect(box.count(acme.anna)).toBe(0)
  await acme.report('requests', 1)
  const letter = await box.arrived(acme.anna)
  await box.arrived(acme.jo)
  expect(letter.subject).toBe('Acme: 80 % of Map requests is used')
  expect(letter.text).toContain('Map requests: 800 of 1,000 requests are used. It starts again on')
  await acme.report('requests', 50)
  await everythingIsSeen()
  expect([acme.anna, acme.jo, acme.sam].map((address) => box.count(address))).toEqual([1, 1, 0])
  expect((await acme.read()).alerts).toEqual([{ alert: at80, reached: true }])
})

test('an amount works where nothing is included, and alerts that are reached together are one letter', async () => {
  const acme = await enter()
  await acme.alert({ kind: 'units', meter: 'routes', value: 500 }, { kind: 'units', meter: 'routes', value: 200 })
  await acme.report('routes', 600)
  const { text, subject } = await box.arrived(acme.anna)
  expect(subject).toContain(', and 1 more')
  expect(text).toContain('Routing: 600 routes are used.')
})

test('in the next period the same alert is told again', async () => {
  const acme = await enter()
  // Without a plan the calendar month counts.
  const people = [{ id: 'anna', role: 'owner', email: acme.anna }]
  await stage.portal.register(acme.account, { members: people })
  await acme.alert({ kind: 'units', meter: 'routes', value: 5 })
  await acme.report('routes', 5)
  await box.arrived(acme.anna)
  stage.portal.clock.now = (await acme.meter('routes')).resets + DAY
  await acme.report('routes', 5)
  expect((await box.arrived(acme.anna, 2)).text).toContain('5 routes are used')
})

test('fewer credits than wished are told once after each purchase', async () => {
  const acme = await enter()
  await acme.buy()
  await acme.alert({ kind: 'below', value: 500 })
  await acme.report('lookups', 400)
  await everythingIsSeen()
  expect(box.count(acme.anna)).toBe(0)
  await acme.report('lookups', 200)
  expect((await box.arrived(acme.anna)).text).toContain('Credits: 400 are left, fewer than 500.')
  await acme.report('lookups', 10)
  await everythingIsSeen()
  stage.portal.clock.now += 60
  await acme.buy()
  await acme.report('lookups', 1_000)
  await box.arrived(acme.anna, 2)
  expect(box.count(acme.anna)).toBe(2)
})

test('what is reached when an alert is set is shown, and not written about', async () => {
  const acme = await enter()
  await acme.report('requests', 900)
  expect(await acme.alert(at80)).toEqual([{ alert: at80, reached: true }])
  await acme.report('requests', 1)
  await everythingIsSeen()
  expect(box.count(acme.anna)).toBe(0)
})

test('one click in a letter stops them for its reader alone, without signing in, and it can be taken back', async () => {
  const acme = await enter()
  await acme.alert({ kind: 'units', meter: 'routes', value: 1 }, { kind: 'units', meter: 'routes', value: 2 })
  await acme.report('routes', 1)
  const { headers, text, html } = await box.arrived(acme.anna)
  expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
  const address = /<(\S+)>/.exec(headers['list-unsubscribe'] ?? '')?.[1] ?? ''
  expect(text).toContain(address)
  expect(html).toContain(address.replaceAll('&', '&amp;'))
  const { pathname, search } = new URL(address)
  const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' }
  expect((await stage.portal.ask('POST', pathname + search, form)).status).toBe(204)
  expect((await acme.read()).letters).toBe('off')
  await acme.report('routes', 1)
  await box.arrived(acme.jo, 2)
  expect(box.count(acme.anna)).toBe(1)
  const token = new URLSearchParams(search).get('stop') ?? ''
  const browser = stage.portal.browser()
  expect((await browser.post('/api/letters/stop', { token, on: true })).status).toBe(204)
  expect((await acme.read()).letters).toBe('on')
})

test('a link of which one letter is changed stops nothing', async () => {
  const acme = await enter()
  await acme.alert({ kind: 'units', meter: 'routes', value: 1 })
  await acme.report('routes', 1)
  const { headers } = await box.arrived(acme.anna)
  const token = /stop=([^>]+)/.exec(headers['list-unsubscribe'] ?? '')?.[1] ?? ''
  const [about = '', mac = ''] = token.split('.')
  const swapped = Buffer.from(Buffer.from(about, 'base64url').toString().replace('anna', 'jo')).toString('base64url')
  for (const forged of [`${swapped}.${mac}`, `${about}.`, about, 'x.y', '']) {
    expect((await stage.portal.ask('POST', `/letters?stop=${forged}`)).status).toBe(404)
  }
  expect((await acme.read('jo')).letters).toBe('on')
})

test('only payers set alerts, and only on what is counted', async () => {
  const { put, read } = await enter()
  expect((await put('alerts', { alerts: [at80] }, 'sam')).status).toBe(403)
  expect((await put('letters', { on: false }, 'sam')).status).toBe(403)
  const wrong = await put('alerts', { alerts: [at80, { kind: 'units', meter: 'nothing', value: 1 }] })
  expect([wrong.status, wrong.body]).toEqual([400, expect.objectContaining({ code: 'invalid-request' })])
  expect((await put('alerts', { alerts: [{ ...at80, value: 0 }] })).status).toBe(400)
  expect((await read()).alerts).toEqual([])
})
