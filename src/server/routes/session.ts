import { ExchangeAnswerSchema, ExchangeRequestSchema, type ExchangeAnswer } from '#contract/visit.ts'
import { FRESH_TICKET_SECONDS, type TicketClaims } from '#contract/ticket.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { newCheck } from '#server/check.ts'
import type { App } from '#server/config.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { enterByAsk } from '#server/enter-by-ask.ts'
import { ASK_PREFIX } from '#server/link-address.ts'
import { countDeadLinks } from '#server/throttle.ts'
import { answers, createRouter, json, problems } from '#server/openapi.ts'
import { currentSession, endSession, startSession } from '#server/session.ts'
import { findAccount } from '#server/store/accounts.ts'
import { isRemoved } from '#server/store/members.ts'
import { findCheck, insertCheck } from '#server/store/checks.ts'
import { findTicketUse, redeemTicket } from '#server/store/sessions.ts'
import { randomSecret, readTicket, sha256 } from '#server/token.ts'

const exchange = createRoute({
  method: 'post',
  path: '/api/session/exchange',
  request: { body: json(ExchangeRequestSchema) },
  responses: { 200: answers(ExchangeAnswerSchema, 'In, or what to ask the person first.'), ...problems },
})
const end = createRoute({
  method: 'post',
  path: '/api/session/end',
  request: { body: json(z.strictObject({})) },
  responses: { 204: { description: 'Signed out.' }, ...problems },
})

/** The way in and the way out. A GET never uses a ticket up: mail scanners and previews follow links. */
export function sessionRoutes(hands: Hands) {
  return createRouter()
    .openapi(exchange, async (c) => {
      const link = c.req.valid('json')
      const way = link.ticket.startsWith(ASK_PREFIX) ? enterByAsk : enter
      return c.json(await countDeadLinks(hands, c, () => way(hands, c, link)), 200)
    })
    .openapi(end, async (c) => {
      await endSession(hands, c)
      return c.body(null, 204)
    })
}

async function enter(
  hands: Hands,
  c: Context,
  { ticket, accept }: { ticket: string; accept: boolean },
): Promise<ExchangeAnswer> {
  const { config, database, now } = hands
  const { merchant } = config
  const reading = await readTicket(config.apps, config.origin, ticket, now())
  if (reading.kind === 'invalid') return { kind: 'invalid', merchant }
  const { app, claims } = reading
  const named = { id: app.id, name: app.name, url: app.url }
  const current = await currentSession(hands, c)
  // A guest has nothing here that could be lost by going on.
  const session = current?.role === 'guest' ? undefined : current
  const isAtHome = session?.app === app.id && session.account === claims.sub
  const key = { app: app.id, account: claims.sub }

  const use = await findTicketUse(database, key, claims.jti)
  // Whoever holds the session that this link opened is simply let through again.
  if (use && isAtHome) return { kind: 'entered', ...use }
  if (use) return { kind: 'used', merchant, app: named }
  if (reading.kind === 'expired') return { kind: 'expired', merchant, app: named }

  const record = await findAccount(database, key)
  if (!record) return { kind: 'invalid', merchant }
  // The app may not have heard yet that an owner removed them.
  if (await isRemoved(database, key, claims.act)) return { kind: 'invalid', merchant }
  const account = { id: record.account, label: record.label }
  if (!accept && session && !isAtHome)
    return { kind: 'switch', merchant, from: await nameOf(hands, session), account, app: named }
  const isFresh = claims.iat + FRESH_TICKET_SECONDS > now()
  if (!accept && !isFresh) return { kind: 'continue', merchant, account, app: named }

  const role = record.members.find(({ id }) => id === claims.act)?.role ?? claims.rol ?? 'viewer'
  const check = await checkOf(hands, app, claims)
  const token = randomSecret()
  const isFirst = await redeemTicket(database, key, {
    jti: claims.jti,
    check,
    sessionHash: sha256(token),
    expires: claims.exp,
  })
  if (!isFirst) return { kind: 'used', merchant, app: named }
  // Only the app's own redirect, just now, says that its person is here: an older link may have been forwarded.
  const proof = isFresh ? { proved: now() } : {}
  await startSession(hands, c, { ...key, member: claims.act, role, how: 'app', ...proof }, token)
  return { kind: 'entered', check }
}

/** The check that the ticket names, or a new one from what the app says in it. */
async function checkOf({ database, now }: Hands, app: App, claims: TicketClaims): Promise<string> {
  const key = { app: app.id, account: claims.sub }
  const known = claims.chk === undefined ? undefined : await findCheck(database, key, claims.chk)
  if (known) return known.id
  const { act, rsn, ret, st } = claims
  const check = newCheck(
    app,
    {
      account: claims.sub,
      actor: act,
      ...(rsn !== undefined && { reason: rsn }),
      ...(ret !== undefined && { return_to: ret }),
      ...(st !== undefined && { state: st }),
    },
    now(),
    { refused: false, reasons: [] },
  )
  await insertCheck(database, check)
  return check.id
}

async function nameOf({ database }: Hands, key: { app: string; account: string }) {
  const record = await findAccount(database, key)
  if (!record) throw new ApiError('not-found')
  return { id: record.account, label: record.label }
}
