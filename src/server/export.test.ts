import { afterAll, beforeAll, expect, test } from 'vitest'
import { bankAsks } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk } from './stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

let bench: Bench
let portal: TestPortal

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin)
})
afterAll(async () => {
  await portal?.close()
  await bench?.close()
})

test('a payment that waits for the bank is handed over without what would let a browser finish it', async () => {
  const { stripe } = bench
  const studio = { stripe, prices: await ensurePrices(stripe), now: portal.clock.now }
  const desk = openDesk(portal, bench)
  const { browser, invoice } = await desk.enter(bankAsks(studio, { name: 'Acme GmbH', email: 'anna@acme.example' }))
  const { outcome } = await browser.deed('confirm-payment', { invoice, finished: false })
  const { clientSecret } = outcome as { clientSecret: string }
  expect(clientSecret).toMatch(/^pi_\w+_secret_\w+$/)
  const { status, text } = await browser.get('/api/export')
  expect(status).toBe(200)
  const { tables } = JSON.parse(text) as { tables: Record<string, { outcome?: unknown }[]> }
  expect(tables['attempts']).toMatchObject([{ outcome: { kind: 'confirm', invoice, clientSecret: 'withheld' } }])
  expect(text).not.toMatch(/_secret_/)
})
