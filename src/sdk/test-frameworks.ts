import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import express, { type Request as ExpressRequest } from 'express'
import fastify, { type FastifyRequest } from 'fastify'
import { Hono, type Context } from 'hono'
import { connectFix402 as connectExpress } from './express.ts'
import { connectFix402 as connectFastify } from './fastify.ts'
import type { Fix402Options } from './fix402.ts'
import type { GateOptions } from './gate.ts'
import { connectFix402 as connectHono } from './hono.ts'
import { connectFix402 as connectNext } from './next.ts'

export type Trial = {
  readonly options: Fix402Options & Pick<GateOptions<unknown>, 'onEvent'>
  /** What forms have reached the app. */
  readonly exported: string[]
}

const who = (cookie: string | undefined | null) => /(?:^|; )user=(\w+)/.exec(cookie ?? '')?.[1]
const accountOf = (cookie: string | undefined | null) => (who(cookie) === undefined ? undefined : 'acct_1')

/** The same small app in each framework: a map, tiles that are counted, an export by form, signing out. */
export const frameworks: Record<string, (trial: Trial) => Promise<RequestListener>> = {
  async 'Express 5'({ options, exported }) {
    const app = express()
    const billing = connectExpress({
      ...options,
      account: (request: ExpressRequest) => accountOf(request.headers.cookie),
      actor: (request) => who(request.headers.cookie),
    })
    app.use(billing.routes)
    app.use(billing.requirePaid({ feature: 'maps' }))
    app.get('/maps', (_, response) => void response.send('the map'))
    const tiles = billing.requirePaid({ meter: 'tiles', quantity: ({ query }) => Number(query['n']) })
    app.get('/tiles', tiles, (_, response) => void response.send('a tile'))
    app.post('/export', express.urlencoded(), (request, response) => {
      exported.push(String(request.body.city))
      response.send('exported')
    })
    app.all('/logout', (_, response) => void response.send('signed out'))
    return app
  },
  async 'Fastify 5'({ options, exported }) {
    const app = fastify()
    const billing = connectFastify({
      ...options,
      account: (request: FastifyRequest) => accountOf(request.headers.cookie),
      actor: (request) => who(request.headers.cookie),
    })
    await app.register(billing.plugin)
    app.addHook('preHandler', billing.requirePaid({ feature: 'maps' }))
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))))
    })
    app.get('/maps', () => 'the map')
    const tiles = billing.requirePaid({ meter: 'tiles', quantity: ({ query }) => Number((query as { n: string }).n) })
    app.get('/tiles', { preHandler: tiles }, () => 'a tile')
    app.post('/export', ({ body }) => {
      exported.push((body as { city: string }).city)
      return 'exported'
    })
    app.all('/logout', () => 'signed out')
    await app.ready()
    return (request, response) => app.routing(request, response)
  },
  async Hono({ options, exported }) {
    const app = new Hono()
    const billing = connectHono({
      ...options,
      account: (context: Context) => accountOf(context.req.header('cookie')),
      actor: (context) => who(context.req.header('cookie')),
    })
    app.use(billing.routes)
    app.use(billing.requirePaid({ feature: 'maps' }))
    app.get('/maps', (c) => c.text('the map'))
    const tiles = billing.requirePaid({ meter: 'tiles', quantity: (c) => Number(c.req.query('n')) })
    app.get('/tiles', tiles, (c) => c.text('a tile'))
    app.post('/export', async (c) => {
      exported.push((await c.req.parseBody<{ city: string }>())['city'])
      return c.text('exported')
    })
    app.all('/logout', (c) => c.text('signed out'))
    const listener = getRequestListener((request) => app.fetch(request))
    return (request, response) => void listener(request, response)
  },
  async 'Next.js'({ options, exported }) {
    const billing = connectNext({
      ...options,
      account: ({ headers }) => accountOf(headers.get('cookie')),
      actor: ({ headers }) => who(headers.get('cookie')),
    })
    const proxy = billing.proxy({ feature: 'maps' })
    const quantity = ({ url }: Request) => Number(new URL(url).searchParams.get('n'))
    const handlers: Record<string, (request: Request) => Response | Promise<Response>> = {
      '/maps': () => new Response('the map'),
      '/tiles': billing.withPaid(() => new Response('a tile'), { meter: 'tiles', quantity }),
      '/logout': () => new Response('signed out'),
      '/export': async (request) => {
        exported.push(new URLSearchParams(await request.text()).get('city') ?? '')
        return new Response('exported')
      },
    }
    // As Next does it: the proxy first, then the handler of the route.
    const listener = getRequestListener(async (request) => {
      const handler = handlers[new URL(request.url).pathname]
      return (await proxy(request)) ?? (await handler?.(request)) ?? new Response(null, { status: 404 })
    })
    return (request, response) => void listener(request, response)
  },
}
