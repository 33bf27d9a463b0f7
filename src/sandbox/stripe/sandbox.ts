import type { IncomingMessage, ServerResponse } from 'node:http'
import { listenOnLocalhost, type Listening } from '#sandbox/listening.ts'
import { serveStripeJs } from '#sandbox/stripe-js/serve.ts'
import { answerApi } from './api.ts'
import { answerChallengePage } from './challenge-page.ts'
import { runUntil } from './clock.ts'
import { loadContractCheck } from './contract-check.ts'
import type { Given } from './control-input.ts'
import { answerControl } from './control.ts'
import type { Page } from './html-page.ts'
import { answerInvoicePage } from './invoice-page.ts'
import { Webhooks } from './deliver-webhooks.ts'
import type { Fault } from './faults.ts'
import { IdempotencyKeys } from './kernel/idempotency.ts'
import type { Sandbox } from './sandbox-parts.ts'
import { loadSnapshot, saveSnapshot, snapshotPath } from './snapshot.ts'
import { emptyTables, standardSettings, type World } from './world.ts'

export type SandboxOptions = {
  /** Milliseconds since 1970, as `Date.now`. */
  now?: () => number
  /** Where the state is kept between starts; nothing is kept without it. */
  dataDir?: string
  /** A folder with the contract validator and API description. */
  contractDir?: string | undefined
  /** What else is answered at this address; undefined leaves a request to the sandbox. */
  also?: (url: URL) => Page | undefined
}

export type RunningSandbox = {
  /** Listens on localhost; 0 picks a free port. Resolves to the origin pages use, `http://localhost:<port>`. */
  listen: (port: number) => Promise<string>
  close: () => Promise<void>
}

const saveAfter = 200
const tick = 1000
const largestBody = 1_000_000

/** A local Stripe: its HTTP API, bank check pages, webhooks and levers, with its state in memory. */
export async function createSandbox(options: SandboxOptions = {}): Promise<RunningSandbox> {
  const { now = Date.now, dataDir } = options
  const file = dataDir === undefined ? undefined : snapshotPath(dataDir)
  const saved = file === undefined ? undefined : loadSnapshot(file)
  const contract = await loadContractCheck(options.contractDir)
  const keys = new IdempotencyKeys(saved?.keys)
  const faults: Fault[] = []
  const rate: Sandbox['rate'] = { limit: null }
  let held: number | null = null
  let saving: NodeJS.Timeout | undefined
  // A large state is written less often, so that writing never takes more than a tenth of the time.
  let pause = saveAfter
  // Until then nothing can fall due; any change makes it unknown.
  let nextDue = -Infinity

  const world: World = {
    tables: saved?.tables ?? emptyTables(),
    settings: saved?.settings ?? { ...standardSettings },
    offset: saved?.offset ?? 0,
    now: () => held ?? Math.floor(now() / 1000) + world.offset,
    origin: 'http://localhost:4021',
    request: null,
    onEvent: (event) => webhooks.accept(event),
    onChange: () => {
      nextDue = -Infinity
      if (file !== undefined) saving ??= setTimeout(save, pause)
    },
  }
  const webhooks = new Webhooks(world)

  function save(): void {
    clearTimeout(saving)
    saving = undefined
    if (file === undefined) return
    const began = performance.now()
    saveSnapshot(file, { tables: world.tables, settings: world.settings, offset: world.offset, keys: keys.kept })
    pause = Math.max(saveAfter, (performance.now() - began) * 9)
  }

  // Customers without a test clock live in the sandbox's own time; what fell due is done at its moment.
  function catchUp(): void {
    const target = world.now()
    if (target < nextDue) return
    let next = -Infinity
    try {
      next = runUntil(world, null, target, (at) => {
        held = Math.min(at, target)
      })
    } finally {
      held = null
      nextDue = next
    }
  }

  const sandbox: Sandbox = {
    world,
    webhooks,
    faults,
    contract,
    rate,
    reset: () => {
      for (const table of Object.values(world.tables)) table.clear()
      keys.kept.clear()
      faults.length = 0
      rate.limit = null
      webhooks.deliveries.length = 0
      world.offset = 0
      Object.assign(world.settings, standardSettings)
      world.onChange()
      return { ok: true }
    },
    moveTo: (offset) => {
      world.offset = offset
      catchUp()
      world.onChange()
    },
  }

  const parts = { world, keys, faults, rate, observe: contract.see.bind(contract) }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', world.origin)
    const [method, path, query] = [request.method ?? 'GET', url.pathname, url.search.slice(1)]
    const body = await readBody(request)
    if (method === 'OPTIONS') return send(response, { status: 204, headers: preflight, body: '' })
    const other = options.also?.(url)
    if (other) return send(response, other)
    if (path.startsWith('/_sandbox/')) {
      const reply = answerControl(
        sandbox,
        method,
        path,
        method === 'GET' ? Object.fromEntries(url.searchParams) : toGiven(body),
      )
      return send(response, {
        status: reply.status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(reply.body),
      })
    }
    const page =
      answerChallengePage(world, method, path, query, body) ?? answerInvoicePage(world, path) ?? (await served(path))
    if (page !== undefined) return send(response, page)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(',') : value]),
    )
    const reply = await answerApi(parts, { method, path, query, body, headers })
    if (reply === 'drop') return void request.socket.destroy()
    send(response, reply)
  }

  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch((thrown: unknown) => {
      const message = thrown instanceof Error ? thrown.message : String(thrown)
      const error = { type: 'api_error', message: `The sandbox failed: ${message}` }
      send(response, { status: 500, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error }) })
    })
  }
  let listening: Listening | undefined
  let ticking: NodeJS.Timeout | undefined

  return {
    listen: async (port) => {
      listening = await listenOnLocalhost(listener, port)
      world.origin = `http://localhost:${listening.port}`
      catchUp()
      ticking = setInterval(catchUp, tick)
      ticking.unref()
      return world.origin
    },
    close: async () => {
      clearInterval(ticking)
      webhooks.stop()
      await listening?.close()
      save()
    },
  }
}

async function served(path: string) {
  return path.startsWith('/v1/') ? undefined : serveStripeJs(path)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size <= largestBody) chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

function toGiven(body: string): Given {
  try {
    const parsed: unknown = JSON.parse(body === '' ? '{}' : body)
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {}
  } catch {
    return {}
  }
}

function send(
  response: ServerResponse,
  { status, headers, body }: { status: number; headers: { [name: string]: string }; body: string },
): void {
  if (response.headersSent) return
  response.writeHead(status, headers).end(body)
}

const preflight = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
  'access-control-allow-headers': 'Authorization, Content-Type, Stripe-Version, Idempotency-Key',
  'access-control-max-age': '300',
}
