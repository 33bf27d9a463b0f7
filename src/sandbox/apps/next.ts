import { serve } from '@hono/node-server'
import { accountIn, exportPage, html, mapPage, signInCookie, startPage } from './pages.ts'
// fix402
import { connectFix402 } from '#sdk/next.ts'
// fix402 end

const { PORT = '4027', PORTAL_ORIGIN: portal = 'http://localhost:4020' } = process.env

// What would be proxy.ts.
// fix402
const billing = connectFix402({
  portal,
  appId: 'app_demo',
  key: 'fix402_test_demo',
  timeout: 10_000,
  account: ({ headers }) => accountIn(headers.get('cookie')),
  actor: () => 'anna',
})
const proxy = billing.proxy()
// fix402 end

// What would be app/…/route.ts.
type Handler = (request: Request) => Response | Promise<Response>
const page = (body: string, headers = {}) => new Response(body, { headers: { 'content-type': html, ...headers } })
const routes: Record<string, Handler> = {
  'GET /enter': ({ url }) => page(startPage, { 'set-cookie': signInCookie(url.split('/').at(-1) ?? '') }),
  'GET /maps': () => page(mapPage),
  'GET /tiles': () => Response.json({ layers: ['streets', 'water'] }),
  'POST /export': async (request) => page(exportPage(new URLSearchParams(await request.text()).get('city') ?? '')),
}

/** As Next does it: what the proxy answers is sent, and where it answers nothing the route's handler is called. */
async function answer(request: Request): Promise<Response> {
  const refused = await proxy(request)
  const handler = routes[`${request.method} /${new URL(request.url).pathname.split('/')[1]}`]
  return refused ?? handler?.(request) ?? new Response('Not found', { status: 404 })
}

serve({ fetch: answer, port: Number(PORT), hostname: 'localhost' })
