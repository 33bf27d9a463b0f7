import { AccountPutSchema, AccountSchema, IdSchema } from '#contract/account.ts'
import {
  CheckAnswerSchema,
  CheckIdSchema,
  CheckRequestSchema,
  CheckStateSchema,
  SessionAnswerSchema,
  SessionRequestSchema,
} from '#contract/check.ts'
import { compact } from '#diagnosis/compact.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { appByKey } from '#server/app-key.ts'
import { cancelCheck, decide, newCheck } from '#server/check.ts'
import type { Env, Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { examples } from '#server/handbook/examples.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { answers, createRouter, fails, json } from '#server/openapi.ts'
import { stateOfCheck } from '#server/poll.ts'
import { findAccount, saveAccount, type AccountRecord } from '#server/store/accounts.ts'
import { insertCheck } from '#server/store/checks.ts'
import { signTicket } from '#server/token.ts'

const security = [{ apiKey: [] }]
const AccountParams = z.object({ id: IdSchema.meta({ description: 'The app’s own id of the account.' }) })
const CheckParams = z.object({ id: CheckIdSchema.meta({ description: 'As the refusal named it.' }) })

const putAccount = createRoute({
  method: 'put',
  path: '/v1/accounts/{id}',
  operationId: 'putAccount',
  summary: 'Say who an account is',
  description:
    'The whole truth about an account as the app knows it: what is left out is removed. Put it whenever it changes, as often as you like. Members who are gone are signed out of the portal. Where the app leaves people to the portal (`apps[].people`), those invited there stay, and what an owner decided there stands while the app repeats what it said before.',
  security,
  request: { params: AccountParams, body: json(AccountPutSchema, examples.accountPut) },
  responses: {
    200: answers(AccountSchema, 'The account as it is now known.', examples.account),
    ...fails('invalid-request', 'not-authenticated', 'too-large', 'not-json'),
  },
})
const getAccount = createRoute({
  method: 'get',
  path: '/v1/accounts/{id}',
  operationId: 'getAccount',
  summary: 'Read an account',
  description:
    'As it is known now: as this app has put it, and with those whom its owners have invited. Another app’s accounts are not found.',
  security,
  request: { params: AccountParams },
  responses: {
    200: answers(AccountSchema, 'The account.', examples.account),
    ...fails('invalid-request', 'not-authenticated', 'not-found'),
  },
})
const postCheck = createRoute({
  method: 'post',
  path: '/v1/checks',
  operationId: 'check',
  summary: 'May this account be served?',
  description:
    'The answer is 200 both for yes and for no; a no brings status, headers and body of the refusal, to be copied as they are. Only `account` is required. Treat silence, a time-out and every failure as a yes.',
  security,
  request: { body: json(CheckRequestSchema, examples.checkRequest) },
  responses: {
    200: answers(CheckAnswerSchema, 'Yes, or the ready-made refusal.', examples.checkAnswer),
    ...fails('invalid-request', 'not-authenticated', 'not-found', 'too-large', 'not-json'),
  },
})
const getCheck = createRoute({
  method: 'get',
  path: '/v1/checks/{id}',
  operationId: 'getCheck',
  summary: 'How does a refusal stand?',
  description:
    'The id is the permission: no key is needed, and pages of any origin may ask (CORS). It tells no amounts and no names. Ask every `interval` seconds; who asks earlier is answered 429, and `interval` grows by five seconds. `allowed: true` means that the refused request would be served now.',
  security: [],
  request: { params: CheckParams },
  responses: {
    200: answers(CheckStateSchema, 'Its state now.', examples.checkState),
    ...fails('invalid-request', 'not-found', 'stale-link', 'too-many'),
  },
})
const deleteCheck = createRoute({
  method: 'delete',
  path: '/v1/checks/{id}',
  operationId: 'cancelCheck',
  summary: 'Take a refusal back',
  description: 'Its code is dead at once, and whoever polls it hears `cancelled`. May be repeated.',
  security,
  request: { params: CheckParams },
  responses: {
    204: { description: 'It is cancelled.' },
    ...fails('invalid-request', 'not-authenticated', 'not-found'),
  },
})
const postSession = createRoute({
  method: 'post',
  path: '/v1/sessions',
  operationId: 'createSession',
  summary: 'A link into the portal for a signed-in person',
  description: 'For a button of the app’s own, such as “Billing”. The person must be a member of the account.',
  security,
  request: { body: json(SessionRequestSchema, examples.sessionRequest) },
  responses: {
    200: answers(SessionAnswerSchema, 'A link, good once and for five minutes.', examples.session),
    ...fails('invalid-request', 'not-authenticated', 'not-found', 'too-large', 'not-json'),
  },
})

/** For apps: accounts, checks and sessions. */
export function v1Routes(hands: Hands, watch: Pick<Loop, 'wake'>) {
  const router = createRouter()
  const { config, database, now } = hands
  const keyed = requireApp(hands)
  router.use('/v1/accounts/*', keyed)
  router.use('/v1/sessions', keyed)
  router.on('POST', '/v1/checks', keyed)
  router.on('DELETE', '/v1/checks/:id', keyed)
  router.use('/v1/checks/:id', openToPages)

  return router
    .openapi(putAccount, async (c) => {
      const { label, members, stripe_customer: customer, hold, seats } = c.req.valid('json')
      const record = {
        app: c.var.app.id,
        account: c.req.valid('param').id,
        label,
        members,
        customer,
        ...compact({ hold, seats }),
      }
      await saveAccount(database, record, now(), c.var.app.people)
      hands.airlock.forget(record)
      watch.wake()
      return c.json(accountAnswer((await findAccount(database, record)) ?? record), 200)
    })
    .openapi(getAccount, async (c) => {
      const record = await findAccount(database, { app: c.var.app.id, account: c.req.valid('param').id })
      if (!record) throw new ApiError('not-found')
      return c.json(accountAnswer(record), 200)
    })
    .openapi(postCheck, async (c) => c.json(await decide(hands, c.var.app, c.req.valid('json')), 200))
    .openapi(getCheck, async (c) => {
      const state = await stateOfCheck(hands, c.req.valid('param').id)
      return c.json(state, 200, { 'Cache-Control': 'no-store', 'Retry-After': String(state.interval) })
    })
    .openapi(deleteCheck, async (c) => {
      await cancelCheck(hands, c.var.app, c.req.valid('param').id)
      return c.body(null, 204)
    })
    .openapi(postSession, async (c) => {
      const { app } = c.var
      const question = c.req.valid('json')
      const record = await findAccount(database, { app: app.id, account: question.account })
      if (!record) throw new ApiError('not-found', `There is no account ${question.account}`)
      if (!record.members.some(({ id }) => id === question.actor)) {
        throw new ApiError('not-found', `${question.actor} is not a member of ${question.account}`)
      }
      const check = newCheck(app, question, now(), { refused: false, reasons: [] })
      await insertCheck(database, check)
      const claims = { sub: check.account, act: question.actor, chk: check.id }
      const { ticket, expires } = await signTicket(app, config.origin, claims, now())
      return c.json(
        { url: `${config.origin}/fix#t=${ticket}`, expires_at: new Date(expires * 1_000).toISOString() },
        200,
      )
    })
}

/**
 * A page of any origin may ask how a refusal stands: the id is the permission, so no cookie and no key goes with it
 * (Fetch standard, CORS protocol; RFC 9110 §9.3.7 for the preflight).
 */
const openToPages: MiddlewareHandler<Env> = async (c, next) => {
  const { method } = c.req
  const allow = { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }
  if (method === 'OPTIONS') {
    const preflight = { 'Access-Control-Allow-Methods': 'GET, HEAD', 'Access-Control-Allow-Headers': '*' }
    return c.body(null, 204, { ...allow, ...preflight, 'Access-Control-Max-Age': '86400' })
  }
  await next()
  // Hono asks the routes for GET where HEAD was sent.
  if (method !== 'GET' && method !== 'HEAD') return
  for (const [name, value] of Object.entries(allow)) c.res.headers.set(name, value)
  c.res.headers.set('Access-Control-Expose-Headers', 'Retry-After')
}

export function requireApp({ config }: Hands): MiddlewareHandler<Env> {
  const appOf = appByKey(config)
  return async (c, next) => {
    const app = appOf(c.req.header('Authorization'))
    if (!app) throw new ApiError('not-authenticated', 'Send the app’s key as Authorization: Bearer …')
    c.set('app', app)
    await next()
  }
}

function accountAnswer({ account, label, customer, members, hold, seats }: AccountRecord) {
  return { id: account, label, stripe_customer: customer ?? null, members: [...members], ...compact({ hold, seats }) }
}
