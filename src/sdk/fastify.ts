import type { Fix402 } from './fix402.ts'
import { createGate, type GateOptions, type Subject } from './gate.ts'
import { requestFrom, type NodeRequest } from './node-exchange.ts'

/** As much of Fastify 4 and 5 as is needed; its own types fit. */
export type FastifyRequest = {
  readonly raw: NodeRequest
  readonly originalUrl: string
  readonly protocol: string
  readonly hostname: string
  /** With the port, from Fastify 5 on. */
  readonly host?: string
  readonly body: unknown
}

export type FastifyReply = {
  code(status: number): unknown
  header(name: string, value: string | string[]): unknown
  send(body?: string): unknown
}

export type Hook<Req> = (request: Req, reply: FastifyReply) => Promise<unknown>

type FastifyInstance = {
  addHook(...hook: never[]): unknown
  register(...plugin: never[]): unknown
}

export type FastifyFix402<Req> = {
  /** The SDK itself, for what a hook cannot do. */
  readonly fix402: Fix402
  /** `app.register` it once, after the session: answers `/_billing/*` and people who come back. */
  readonly plugin: (app: FastifyInstance) => Promise<void>
  /** A `preHandler` (or `onRequest`) that lets through who may be served, and refuses the others. */
  requirePaid(subject?: Subject<Req>): Hook<Req>
}

/** Connects a Fastify app. Throws a TypeError when the portal's address is not one. */
export function connectFix402<Req extends FastifyRequest = FastifyRequest>(
  options: GateOptions<Req>,
): FastifyFix402<Req> {
  const gate = createGate(options)
  const through =
    (answer: (request: Request, input: Req) => Promise<Response | undefined>): Hook<Req> =>
    async (request, reply) => {
      const said = await answer(readRequest(request), request)
      return said && send(said, reply)
    }
  const routes = through((request, input) => gate.answerOwn(request, input))
  return {
    fix402: gate.fix402,
    plugin: createPlugin(routes as Hook<never>),
    requirePaid: (subject = {}) => through((request, input) => gate.requirePaid(request, input, subject)),
  }
}

/** What is registered, as Fastify has it. */
type Registering = {
  addHook(name: 'preHandler', hook: Hook<never>): void
  register(plugin: (own: Own) => Promise<void>): void
}
type Own = {
  removeAllContentTypeParsers(): void
  addContentTypeParser(
    type: '*',
    how: { parseAs: 'buffer' },
    parse: (request: unknown, body: unknown, done: (error: null, body: unknown) => void) => void,
  ): void
  route(route: { method: string[]; url: string; handler: Hook<never> }): void
}

function createPlugin(routes: Hook<never>): FastifyFix402<never>['plugin'] {
  const plugin = async (app: FastifyInstance) => {
    const registering = app as unknown as Registering
    registering.addHook('preHandler', routes)
    registering.register(async (own) => {
      // A signature is over the bytes that came, so nobody may parse them first.
      own.removeAllContentTypeParsers()
      own.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body))
      const handler: Hook<never> = async (_, reply) => send(new Response('Not found', { status: 404 }), reply)
      own.route({ method: ['GET', 'POST'], url: '/_billing/*', handler })
    })
  }
  // As fastify-plugin does it: the hook holds for the whole app.
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}

function readRequest({ raw, originalUrl, protocol, hostname, host, body }: FastifyRequest): Request {
  const isEvent = raw.method === 'POST' && originalUrl.startsWith('/_billing/webhook')
  const bytes = isEvent && body instanceof Uint8Array ? body : undefined
  const authority = host ?? (typeof raw.headers['host'] === 'string' ? undefined : hostname)
  return requestFrom(raw, { path: originalUrl, protocol, host: authority }, bytes)
}

async function send(answer: Response, reply: FastifyReply): Promise<FastifyReply> {
  reply.code(answer.status)
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') reply.header(name, value)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  const text = await answer.text()
  reply.send(text === '' ? undefined : text)
  return reply
}
