import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serve } from '@hono/node-server'
import { createDemo, type Demo } from '#sandbox/demo/demo.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { ConfigFile } from './config-file.ts'
import { appKey, openTestPortal, type TestPortal } from './test-portal.ts'

/** A portal with the merchant of the demo, the sandbox's Stripe behind it, and the demo that stages accounts in every state. */
export type TestStage = {
  readonly bench: Bench
  readonly portal: TestPortal
  readonly demo: Demo
  close: () => Promise<void>
}

export async function openTestStage(differs: Parameters<typeof openTestPortal>[1] = {}): Promise<TestStage> {
  const bench = await openBench()
  const file = (await import(pathToFileURL(resolve('fix402.config.ts')).href)) as { default: ConfigFile }
  const { apps: _, ...merchant } = file.default
  const portal = await openTestPortal(bench.origin, { merchant, ...differs })
  const { promise: origin, resolve: listening } = Promise.withResolvers<string>()
  const server = serve({ fetch: atItsOwnAddress, port: 0 }, ({ port }) => listening(`http://localhost:${port}`))
  const { hostname, port } = new URL(bench.origin)
  const demo = createDemo({
    origin: 'https://maps.example',
    portal: await origin,
    stripe: `http://${hostname}:${port}`,
    appId: 'app_maps',
    key: appKey,
  })

  /** The portal answers at no other, and the demo reaches it at a port of the moment. */
  async function atItsOwnAddress(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const { host, origin: own } = new URL(portal.config.origin)
    const headers = new Headers(request.headers)
    headers.set('host', host)
    return portal.fetch(new Request(own + pathname, { method: request.method, headers, body: await request.text() }))
  }

  return {
    bench,
    portal,
    demo,
    close: async () => {
      server.close()
      await portal.close()
      await bench.close()
    },
  }
}
