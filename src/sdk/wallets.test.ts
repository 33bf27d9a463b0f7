import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { wrapFetchWithPaymentFromConfig } from '@x402/fetch'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDemo, type Demo } from '#sandbox/demo/demo.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { ConfigFile } from '#server/config-file.ts'
import { openPortalAtAddress } from '#server/test-address.ts'
import { appKey, type TestPortal } from '#server/test-portal.ts'
import { createFix402 } from './fix402.ts'

const requirement = {
  scheme: 'exact',
  network: 'eip155:84532',
  amount: '10000',
  asset: '0x036CbD53842c5426634e7929541eC2318f3dCF7e',
  payTo: '0x209693Bc6afc0C5328bA36FaF03C514EF312287C',
  maxTimeoutSeconds: 60,
  extra: { name: 'USDC', version: '2' },
} as const

let bench: Bench
let portal: TestPortal
let demo: Demo
let app: { url: string; close: () => void }

beforeAll(async () => {
  bench = await openBench()
  const file = (await import(pathToFileURL(resolve('fix402.config.ts')).href)) as { default: ConfigFile }
  const { apps: _, ...merchant } = file.default
  portal = await openPortalAtAddress(bench.origin, { merchant })
  const { origin } = portal.config
  demo = createDemo({
    origin: 'https://maps.example',
    portal: origin,
    stripe: bench.origin,
    appId: 'app_maps',
    key: appKey,
  })
  app = await openApp()
})
afterAll(async () => {
  app?.close()
  await portal?.close()
  await bench?.close()
})

/** An app that takes a payment for one lookup from machines, where the account may pay so. */
async function openApp() {
  const fix402 = createFix402({ portal: portal.config.origin, appId: 'app_maps', key: appKey, timeout: 5_000 })
  const server = createServer((incoming, response) => {
    const url = `http://${incoming.headers.host}${incoming.url}`
    const request = new Request(url, { headers: incoming.headers as Record<string, string> })
    const account = request.headers.get('x-account') ?? ''
    const meter = request.headers.get('x-meter') ?? undefined
    const x402 = { x402Version: 2, resource: { url }, accepts: [requirement] }
    const verify = async ({ headers }: Request) => {
      const sent = Buffer.from(headers.get('payment-signature') ?? '', 'base64').toString()
      const { accepted, payload } = JSON.parse(sent) as { accepted: { amount: string }; payload: { proof: string } }
      return accepted.amount === requirement.amount && payload.proof === `paid ${requirement.amount}`
    }
    void fix402
      .requirePaid(request, { account, ...(meter && { meter, quantity: 600 }), machinePayment: { x402, verify } })
      .then(async (refusal) => {
        if (!refusal) return response.end('looked up')
        response.writeHead(refusal.status, [...refusal.headers].flat()).end(await refusal.text())
      })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/lookup`, close: () => server.close() }
}

let signed = 0
beforeEach(() => (signed = 0))

/** The published client of x402; only what would sign on a chain is ours. */
function wallet(proof = `paid ${requirement.amount}`) {
  const client = {
    scheme: 'exact',
    createPaymentPayload: async (x402Version: number) => {
      signed += 1
      return { x402Version, payload: { proof } }
    },
  }
  // Its usual limits know coins by their scheme's library, which is not here.
  return wrapFetchWithPaymentFromConfig(fetch, { schemes: [{ network: 'eip155:*', client }], spendControls: false })
}

async function broke() {
  const { account } = await demo.stage('credits-used-up')
  return { 'x-account': account, 'x-meter': 'lookups' }
}

test('who is out of credits may pay for the one request by machine, and for no other', async () => {
  const headers = await broke()
  const paid = await wallet()(app.url, { headers })
  expect([paid.status, await paid.text(), signed]).toEqual([200, 'looked up', 1])
  expect((await fetch(app.url, { headers })).status).toBe(402)
})

test('the offer stands in a problem document: the client of x402 reads it, a person and a program read theirs', async () => {
  const refused = await fetch(app.url, { headers: await broke() })
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
  expect(await refused.json()).toMatchObject({
    reason: 'credits_exhausted',
    fix: { label: 'Buy credits' },
    poll: { interval: 5 },
    x402Version: 2,
    accepts: [requirement],
  })
})

test('a payment that is not good is refused with the offer again, and is not tried twice', async () => {
  const again = await wallet('a promise')(app.url, { headers: await broke() })
  expect([again.status, signed]).toEqual([402, 1])
  expect(again.headers.has('payment-required')).toBe(true)
})

test('a debt is not lifted by a machine: nothing is offered, nothing is signed, and the client says why it stops', async () => {
  const { account } = await demo.stage('card-declined')
  const headers = { 'x-account': account }
  const refused = await fetch(app.url, { headers })
  expect(refused.status).toBe(402)
  expect([refused.headers.has('payment-required'), refused.headers.has('www-authenticate')]).toEqual([false, false])
  expect(await refused.json()).not.toHaveProperty('accepts')
  await expect(wallet()(app.url, { headers })).rejects.toThrow('Invalid payment required response')
  expect(signed).toBe(0)
})

test('a healthy account is served, whatever its machine could pay', async () => {
  const { account } = await demo.stage('healthy')
  const served = await wallet()(app.url, { headers: { 'x-account': account } })
  expect([served.status, signed]).toEqual([200, 0])
})
