import express, { type Request } from 'express'
import { accountIn, exportPage, html, mapPage, signInCookie, startPage } from './pages.ts'
// fix402
import { connectFix402 } from '#sdk/express.ts'
// fix402 end

const { PORT = '4024', PORTAL_ORIGIN: portal = 'http://localhost:4020' } = process.env
const app = express()

// fix402
const billing = connectFix402({
  portal,
  appId: 'app_demo',
  key: 'fix402_test_demo',
  timeout: 10_000,
  account: ({ headers }: Request) => accountIn(headers.cookie),
  actor: () => 'anna',
})
app.use(billing.requirePaid())
// fix402 end

app.get('/enter/:account', ({ params }, response) => {
  response.set('set-cookie', signInCookie(params.account)).type(html).send(startPage)
})
app.get('/maps/berlin', (_, response) => void response.type(html).send(mapPage))
app.get('/tiles', (_, response) => void response.json({ layers: ['streets', 'water'] }))
app.post('/export', express.urlencoded(), ({ body }, response) => {
  response.type(html).send(exportPage(String(body.city)))
})

app.listen(Number(PORT))
