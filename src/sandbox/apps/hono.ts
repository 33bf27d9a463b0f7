import { serve } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { accountIn, exportPage, mapPage, signInCookie, startPage } from './pages.ts'
// fix402
import { connectFix402 } from '#sdk/hono.ts'
// fix402 end

const { PORT = '4026', PORTAL_ORIGIN: portal = 'http://localhost:4020' } = process.env
const app = new Hono()

// fix402
const billing = connectFix402({
  portal,
  appId: 'app_demo',
  key: 'fix402_test_demo',
  timeout: 10_000,
  account: (c: Context) => accountIn(c.req.header('cookie')),
  actor: () => 'anna',
})
app.use(billing.requirePaid())
// fix402 end

app.get('/enter/:account', (c) => c.html(startPage, 200, { 'set-cookie': signInCookie(c.req.param('account')) }))
app.get('/maps/berlin', (c) => c.html(mapPage))
app.get('/tiles', (c) => c.json({ layers: ['streets', 'water'] }))
app.post('/export', async (c) => c.html(exportPage((await c.req.parseBody<{ city: string }>()).city)))

serve({ fetch: app.fetch, port: Number(PORT), hostname: 'localhost' })
