import fastify, { type FastifyRequest } from 'fastify'
import { accountIn, exportPage, html, mapPage, signInCookie, startPage } from './pages.ts'
// fix402
import { connectFix402 } from '#sdk/fastify.ts'
// fix402 end

const { PORT = '4025', PORTAL_ORIGIN: portal = 'http://localhost:4020' } = process.env
const app = fastify()
const account = ({ headers }: FastifyRequest) => accountIn(headers.cookie)

// fix402
const connection = { portal, appId: 'app_demo', key: 'fix402_test_demo', timeout: 10_000 }
const billing = connectFix402({ ...connection, account, actor: () => 'anna' })
await app.register(billing.plugin)
app.addHook('preHandler', billing.requirePaid())
// fix402 end

app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
  done(null, Object.fromEntries(new URLSearchParams(String(body))))
})
app.get<{ Params: { account: string } }>('/enter/:account', ({ params }, reply) =>
  reply.header('set-cookie', signInCookie(params.account)).type(html).send(startPage),
)
app.get('/maps/berlin', (_, reply) => reply.type(html).send(mapPage))
app.get('/tiles', () => ({ layers: ['streets', 'water'] }))
app.post<{ Body: { city: string } }>('/export', ({ body }, reply) => reply.type(html).send(exportPage(body.city)))

await app.listen({ port: Number(PORT), host: 'localhost' })
