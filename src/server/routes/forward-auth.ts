import type { CheckAnswer } from '#contract/check.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { appByKey } from '#server/app-key.ts'
import type { App } from '#server/config.ts'
import type { Env, Hands } from '#server/context.ts'
import { judgeForwarded, type Verdict } from '#server/forward-auth.ts'
import { APPENDED, readForwarded, type ForwardedRequest } from '#server/forwarded-request.ts'
import { askedHeaders, FORWARD_AUTH, toldHeaders } from '#server/gateway-headers.ts'
import { createRouter, problems } from '#server/openapi.ts'

const header = (description: string) => z.string().optional().meta({ description })

const ask = createRoute({
  method: 'get',
  path: FORWARD_AUTH,
  operationId: 'forwardAuth',
  summary: 'May the request that a gateway holds be served?',
  description:
    'For the forward-auth of nginx, Caddy, Traefik and their kin. 200 means pass it on; anything else is the answer to give to the client, ready-made. Whatever is not a refusal is 200, also when nothing could be decided: X-Fix402-Error then says why. Envoy asks at /v1/forward-auth/envoy? and appends what the client asked for, with the client’s method.',
  security: [{ apiKey: [] }],
  request: {
    headers: z.object({
      [askedHeaders.account]: header('Who pays. Without it nothing is asked.'),
      [askedHeaders.actor]: header('The member who asks, where the gateway knows them.'),
      [askedHeaders.feature]: header('What is asked for.'),
      [askedHeaders.meter]: header('What is metered.'),
      [askedHeaders.quantity]: header('How much of it.'),
      [askedHeaders.api_key]: header('The key of your own API, by an id of yours.'),
      [askedHeaders.audience]: header('`visitor` where whoever reads the refusal does not belong to the account.'),
    }),
    query: z.object({
      for: z.string().optional().meta({
        description: '`nginx`: a refusal is 403, and X-Fix402-Status, -Location and -Problem say what it is.',
      }),
    }),
  },
  responses: {
    200: { description: 'Pass the request on; X-Fix402-Warning says what will block later.' },
    303: { description: 'Refused, and a person is waiting for a page: where it can be fixed.' },
    402: { description: 'Refused, with the problem document of POST /v1/checks; 403, 429 and 503 likewise.' },
    ...problems,
  },
})

type Refused = CheckAnswer & { allowed: false }

/** For gateways: the answer of `POST /v1/checks` as headers, status and body of its own. */
export function forwardAuthRoutes(hands: Hands) {
  const router = createRouter()
  const appOf = appByKey(hands.config)

  async function answer(c: Context<Env>): Promise<Response> {
    const app = appOf(c.req.header('Authorization'))
    if (!app) {
      hands.log.warn({ path: c.req.path }, 'a gateway asks without the key of an app: every request passes')
      return undecided(c, 'not-authenticated')
    }
    const request = readForwarded(c.req.raw, new URL(app.url).protocol.slice(0, -1))
    const verdict = await judgeForwarded(hands, app, request)
    if (verdict.kind === 'undecided') return undecided(c, verdict.error)
    if (verdict.kind === 'served') return served(c, verdict.answer)
    const crossOrigin = corsFor(app, request)
    if (c.req.path === FORWARD_AUTH && c.req.query('for') === 'nginx')
      return refusedForNginx(c, verdict.answer, crossOrigin)
    return refused(c, verdict.answer, crossOrigin)
  }

  // Has the client's method, whatever it is: the description above speaks of it.
  router.all(APPENDED, answer)
  return router.openapi(ask, answer)
}

/** `X-Accel-Expires` is for nginx's cache, which keeps nothing that is private. */
function served(c: Context, { cache, warnings }: (Verdict & { kind: 'served' })['answer']): Response {
  const kept = cache.max_age > 0 ? `private, max-age=${cache.max_age}` : 'no-store'
  return c.body(null, 200, {
    'Cache-Control': kept,
    'X-Accel-Expires': String(cache.max_age),
    ...(warnings && {
      [toldHeaders.warning]: warnings
        .map(({ reason, at }) => (at === undefined ? reason : `${reason};at="${at}"`))
        .join(', '),
    }),
  })
}

function undecided(c: Context, error: string | undefined): Response {
  return c.body(null, 200, {
    'Cache-Control': 'no-store',
    'X-Accel-Expires': '0',
    ...(error !== undefined && { [toldHeaders.error]: error }),
  })
}

/** 303 for every method, so that a refused form is never posted to the portal (RFC 9110 §15.4.4). */
function refused(c: Context, answer: Refused, crossOrigin: Record<string, string>): Response {
  const check = { [toldHeaders.check]: answer.problem.request_id }
  if (answer.browser)
    return new Response(null, { status: 303, headers: { ...redirect(answer.browser.location), ...check } })
  const headers = { ...answer.headers, ...crossOrigin, ...check }
  return new Response(c.req.method === 'HEAD' ? null : JSON.stringify(answer.problem), {
    status: answer.status,
    headers,
  })
}

function refusedForNginx(c: Context, answer: Refused, crossOrigin: Record<string, string>): Response {
  return c.body(null, 403, {
    ...answer.headers,
    ...crossOrigin,
    'X-Accel-Expires': '0',
    [toldHeaders.check]: answer.problem.request_id,
    [toldHeaders.status]: String(answer.status),
    [toldHeaders.problem]: inAscii(JSON.stringify(answer.problem)),
    ...(answer.browser && { [toldHeaders.location]: answer.browser.location }),
  })
}

function redirect(location: string): Record<string, string> {
  return {
    Location: location,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    Vary: 'Accept, Origin, Sec-Fetch-Mode',
  }
}

/** The app cannot add its own CORS headers to an answer that it does not give; scripts of its origins may read this one. */
function corsFor({ origins }: App, { headers }: ForwardedRequest): Record<string, string> {
  const origin = headers.get('origin')
  if (origin === null || !origins.includes(origin)) return {}
  return { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' }
}

/** A header holds ASCII only; JSON has a way to write everything else (RFC 8259 §7). */
function inAscii(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
