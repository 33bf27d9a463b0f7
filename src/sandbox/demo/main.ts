import { setTimeout as pause } from 'node:timers/promises'
import { serve } from '@hono/node-server'
import { readConfig } from './config.ts'
import { createDemo } from './demo.ts'

/** Milliseconds to wait for the portal and Stripe when all are started together. */
const PATIENCE = 20_000

const { port, ...config } = readConfig(process.env)
const demo = createDemo(config)

let ready = false
const starting = () => new Response('Starting …', { status: 503, headers: { 'retry-after': '1' } })

const server = serve({ fetch: (request) => (ready ? demo.fetch(request) : starting()), port }, () => void begin())
server.on('error', (error: NodeJS.ErrnoException) => {
  stop(error.code === 'EADDRINUSE' ? `PORT: ${port} is already in use; set PORT to another` : error.message)
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    setTimeout(() => process.exit(0), 2_000).unref()
    server.close(() => process.exit(0))
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}

async function begin(): Promise<void> {
  const deadline = Date.now() + PATIENCE
  try {
    await Promise.all([answering('the portal', config.portal, deadline), answering('Stripe', config.stripe, deadline)])
    await demo.seed()
    ready = true
    console.log(`demo app ready on ${config.origin}`)
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error))
  }
}

/** Any answer will do: it only says that somebody is there. */
async function answering(name: string, origin: string, deadline: number): Promise<void> {
  for (;;) {
    try {
      await fetch(origin, { signal: AbortSignal.timeout(2_000), redirect: 'manual' })
      return
    } catch {
      if (Date.now() > deadline) throw new Error(`${name} does not answer on ${origin}`)
      await pause(250)
    }
  }
}

function stop(line: string): never {
  console.error(line)
  process.exit(1)
}
