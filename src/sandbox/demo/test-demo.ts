import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { serve } from '@hono/node-server'
import Stripe from 'stripe'
import { createSandbox } from '#sandbox/stripe/sandbox.ts'
import { createDemo, type Demo } from './demo.ts'
import type { ScenarioName } from './scenarios.ts'

type Sent = Record<string, unknown>

/** What the demo gets for starting a scenario. */
export type Started = {
  account: string
  customer: string
  subscriptions: string[]
  invoice?: string
  actor: string
  wall: string
  door: string
  api_token: string
}

export const check = 'chk_0123456789abcdefABCDEF'
const refusal = {
  allowed: false,
  status: 402,
  headers: { 'content-type': 'application/problem+json' },
  problem: {
    title: 'The last payment was declined',
    reason: 'card_declined',
    account: { id: 'acct', label: 'Acme GmbH' },
    fix: { url: 'http://portal.example/fix', label: 'Update card' },
    poll: { url: `http://portal.example/v1/checks/${check}`, interval: 5 },
  },
  browser: { location: 'http://portal.example/fix#t=ticket' },
  cache: { max_age: 0 },
}
export const yes = { allowed: true, cache: { max_age: 0 } }

/** The portal as the demo sees it: it takes accounts and usage, and answers checks as it is told. */
async function openPortal() {
  const portal = {
    origin: '',
    accounts: new Map<string, Sent>(),
    /** By account and meter, all reports together. */
    used: new Map<string, Record<string, number>>(),
    asked: [] as Sent[],
    answer: refusal as object,
    refuse: () => void (portal.answer = refusal),
    close: () => server.close(),
  }
  const answers: Record<string, (sent: Sent) => object> = {
    '/v1/checks': (sent) => {
      portal.asked.push(sent)
      return portal.answer
    },
    '/v1/usage': ({ events }) => {
      const sent = events as { account: string; meter: string; quantity: number }[]
      for (const { account, meter, quantity } of sent) {
        const used = portal.used.get(account)
        portal.used.set(account, { ...used, [meter]: (used?.[meter] ?? 0) + quantity })
      }
      return { accepted: sent.length }
    },
  }
  const server = createServer((incoming, response) => {
    void text(incoming).then((body) => {
      const account = /^\/v1\/accounts\/(\S+)$/.exec(incoming.url ?? '')?.[1]
      if (account !== undefined) portal.accounts.set(account, JSON.parse(body))
      const answer = answers[incoming.url ?? '']?.(JSON.parse(body))
      response.writeHead(incoming.headers.authorization === 'Bearer fix402_test_demo' ? 200 : 401)
      response.end(JSON.stringify(answer ?? {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  portal.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return portal
}

/** A browser without script: says what it does (which `fetch` cannot), follows nothing by itself, keeps its cookies. */
function browserAt(origin: string) {
  const cookies = new Map<string, string>()
  return async (path: string, { method = 'GET', accept = 'text/html' } = {}): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const headers = { accept, cookie, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
    const [message] = await once(request(new URL(path, origin), { method, headers }).end(), 'response')
    const received = new Headers()
    for (const [name, value] of Object.entries(message.headers)) received.set(name, String(value))
    for (const given of message.headers['set-cookie'] ?? []) {
      const [name, value] = given.split(';')[0].split('=')
      cookies.set(name, value)
    }
    return new Response(await text(message), { status: message.statusCode, headers: received })
  }
}

/** The demo app beside a sandbox of its own. */
export async function openTestDemo() {
  const closing: (() => unknown)[] = []
  const portal = await openPortal()
  const sandbox = await createSandbox()
  const api = await sandbox.listen(0)
  const { hostname, port } = new URL(api)
  // Links name the demo's own origin, which is only known once it listens.
  let demo: Demo | undefined
  const origin = await new Promise<string>((resolve) => {
    const fetch = (request: Request) => demo?.fetch(request) ?? new Response(null, { status: 503 })
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(`http://127.0.0.1:${port}`))
    closing.push(
      () => server.close(),
      portal.close,
      () => sandbox.close(),
    )
  })
  demo = createDemo({ origin, portal: portal.origin, stripe: api, appId: 'app_demo', key: 'fix402_test_demo' })
  const browser = () => browserAt(origin)
  return {
    demo,
    portal,
    origin,
    browser,
    stripe: new Stripe('sk_test_demo', { host: hostname, port, protocol: 'http' }),
    start: async (name: ScenarioName, visit = browser()): Promise<Started> => {
      const response = await visit(`/scenarios/${name}`, { method: 'POST', accept: 'application/json' })
      if (response.status !== 200) throw new Error(`${name}: ${response.status} ${await response.text()}`)
      return (await response.json()) as Started
    },
    close: () => Promise.all(closing.map((close) => close())),
  }
}
