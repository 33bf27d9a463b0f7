import { createGate, type GateOptions, type Subject } from './gate.ts'
import { requestFrom, type NodeRequest } from './node-exchange.ts'
import type { Fix402 } from './fix402.ts'

/** As much of Express 4 and 5 as is needed; their own types fit. */
export type ExpressRequest = NodeRequest & {
  readonly originalUrl?: string
  readonly protocol?: string
  readonly host?: string | undefined
  readonly body?: unknown
}

export type ExpressResponse = {
  statusCode: number
  setHeader(name: string, value: string | string[]): unknown
  getHeader(name: string): number | string | readonly string[] | undefined
  end(body?: string): unknown
}

export type Middleware<Req> = (
  request: Req,
  response: ExpressResponse,
  next: (error?: unknown) => void,
) => Promise<void>

export type ExpressFix402<Req> = {
  /** The SDK itself, for what a middleware cannot do. */
  readonly fix402: Fix402
  /** Answers `/_billing/*` and people who come back. `app.use` it once, after the session and before what is paid for. */
  readonly routes: Middleware<Req>
  /** Lets through who may be served; refuses the others. Does what `routes` does, too. */
  requirePaid(subject?: Subject<Req>): Middleware<Req>
}

/** Connects an Express app. Throws a TypeError when the portal's address is not one. */
export function connectFix402<Req extends ExpressRequest = ExpressRequest>(
  options: GateOptions<Req>,
): ExpressFix402<Req> {
  const gate = createGate(options)
  const through =
    (answer: (request: Request, input: Req) => Promise<Response | undefined>): Middleware<Req> =>
    async (request, response, next) => {
      try {
        const said = await answer(await readRequest(request), request)
        if (!said) return next()
        await send(said, response)
      } catch (error) {
        // Express 4 does not wait for promises.
        next(error)
      }
    }
  return {
    fix402: gate.fix402,
    routes: through((request, input) => gate.answerOwn(request, input)),
    requirePaid: (subject = {}) => through((request, input) => gate.requirePaid(request, input, subject)),
  }
}

async function readRequest(node: ExpressRequest): Promise<Request> {
  const path = node.originalUrl ?? node.url ?? '/'
  const address = { path, protocol: node.protocol, host: node.host }
  return requestFrom(node, address, /^\/_billing\/webhook(\?|$)/.test(path) ? await readBody(node) : undefined)
}

/** The bytes as they came; where a body parser was first, what it would print is what the portal has printed. */
async function readBody(node: ExpressRequest): Promise<Uint8Array | undefined> {
  if (node.method !== 'POST') return undefined
  const { body } = node
  if (body instanceof Uint8Array) return body
  if (body !== undefined) return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
  return readStream(node as unknown as AsyncIterable<Uint8Array>)
}

async function readStream(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const most = 131_072
  let bytes = new Uint8Array()
  for await (const chunk of stream) {
    const longer = new Uint8Array(bytes.length + chunk.length)
    longer.set(bytes)
    longer.set(chunk, bytes.length)
    bytes = longer
    if (bytes.length > most) break
  }
  return bytes
}

async function send(answer: Response, response: ExpressResponse): Promise<void> {
  response.statusCode = answer.status
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value)
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', [...known(response.getHeader('set-cookie')), ...cookies])
  response.end(await answer.text())
}

function known(cookies: ReturnType<ExpressResponse['getHeader']>): string[] {
  if (cookies === undefined) return []
  return typeof cookies === 'object' ? [...cookies] : [String(cookies)]
}
