// `npm run dev`: the pages by Vite, and in the same process the portal's API, the desk, the sandbox Stripe and the demo app.
// What runs on the server is loaded through Vite too, so a saved file is in force at the next request.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { getRequestListener, serve } from '@hono/node-server'
import type { Plugin, ViteDevServer } from 'vite'
import { registerWebhook } from './sandbox-webhook.ts'

type Modules = {
  '/src/server/config.ts': typeof import('#server/config.ts')
  '/src/server/open-portal.ts': typeof import('#server/open-portal.ts')
  '/src/sandbox/stripe/sandbox.ts': typeof import('#sandbox/stripe/sandbox.ts')
  '/src/sandbox/identity/identity.ts': typeof import('#sandbox/identity/identity.ts')
  '/src/sandbox/mailbox/mailbox.ts': typeof import('#sandbox/mailbox/mailbox.ts')
  '/src/sandbox/demo/demo.ts': typeof import('#sandbox/demo/demo.ts')
}
type Load = <File extends keyof Modules>(file: File) => Promise<Modules[File]>

const port = Number(process.env.PORT ?? 4020)
const api = /^\/(api|v1|webhooks|openapi\.json|problems|docs|handbook\.css|livez|readyz)(\/|\?|$)/
const deskApi = /^\/(api|sign-in)\//
const served = /\/src\/(server|contract|diagnosis)\//

export function devServer(): Plugin {
  return {
    name: 'fix402-dev-server',
    apply: (_, { command, mode }) => command === 'serve' && mode !== 'test' && process.env.VITEST === undefined,
    config: () => ({ server: { port, strictPort: true, host: 'localhost' } }),
    configureServer: attach,
  }
}

async function attach(vite: ViteDevServer): Promise<void> {
  const load: Load = async (file) => (await vite.ssrLoadModule(file)) as Modules[typeof file]
  const { loadConfig } = await load('/src/server/config.ts')
  const first = await loadConfig(process.env)
  const environment: Record<string, string | undefined> = { ...process.env }
  if (first.stripe.sandbox) {
    const { createSandbox } = await load('/src/sandbox/stripe/sandbox.ts')
    const { createMailbox } = await load('/src/sandbox/mailbox/mailbox.ts')
    const mailbox = createMailbox()
    await mailbox.listen(port + 3)
    const sandbox = await createSandbox({ dataDir: first.dataDir, also: mailbox.answer })
    await sandbox.listen(port + 1)
    await openIdentity(load, first.desk)
    environment['STRIPE_WEBHOOK_SECRET'] = await registerWebhook(first.stripe, first.origin)
  }

  const open = async () => {
    const { openPortal } = await load('/src/server/open-portal.ts')
    return openPortal(await loadConfig(environment))
  }
  let portal = open()
  vite.watcher.on('change', (file) => {
    if (!served.test(file)) return
    // One process at a time may hold the embedded database: the old portal closes before the new one opens.
    portal = portal.then((old) => old.close()).then(open)
    portal.catch((error: unknown) => vite.config.logger.error(String(error)))
  })
  const listener = getRequestListener(async (request, socket) => (await portal).fetch(request, socket))
  vite.middlewares.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
    if (api.test(request.url ?? '')) void listener(request, response)
    else next()
  })
  openDesk(vite, first.desk, (request, response) => void listener(request, response))
  vite.httpServer?.once('listening', () => void openDemo(load, first))
  vite.httpServer?.once('close', () => void portal.then((open) => open.close()))
}

/** The sandbox's own sign-in for staff, unless the desk has another. */
async function openIdentity(load: Load, desk: { origin: string; issuer: string } | undefined): Promise<void> {
  if (desk?.issuer !== `http://localhost:${port + 9}`) return
  const { createIdentity } = await load('/src/sandbox/identity/identity.ts')
  await createIdentity({ desk: desk.origin }).listen(port + 9)
}

/** The desk's pages, by the same Vite, on the desk's own port. */
function openDesk(vite: ViteDevServer, desk: { origin: string } | undefined, portal: RequestListener): void {
  const { hostname, port: deskPort } = new URL(desk?.origin ?? 'http://example.com')
  if (hostname !== 'localhost' || deskPort === '') return
  const server = createServer((request, response) => {
    if (deskApi.test(request.url ?? '')) return portal(request, response)
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (extname(pathname) === '' && request.headers.accept?.includes('text/html')) request.url = '/support.html'
    vite.middlewares(request, response)
  })
  // What Vite's client is told of saved files comes over the one socket that Vite has.
  server.on('upgrade', (...upgrade) => vite.httpServer?.emit('upgrade', ...upgrade))
  server.listen(Number(deskPort), 'localhost')
  vite.httpServer?.once('close', () => server.close())
}

async function openDemo(
  load: Load,
  { origin, stripe }: { origin: string; stripe: { apiBase: string; sandbox: boolean } },
): Promise<void> {
  if (!stripe.sandbox) return
  const { createDemo } = await load('/src/sandbox/demo/demo.ts')
  const address = `http://localhost:${port + 2}`
  const demo = createDemo({
    origin: address,
    portal: origin,
    stripe: stripe.apiBase,
    appId: 'app_demo',
    key: 'fix402_test_demo',
  })
  serve({ fetch: (request) => demo.fetch(request), port: port + 2 }, () => void demo.seed())
}
