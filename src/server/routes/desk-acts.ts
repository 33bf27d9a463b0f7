import { IdSchema } from '#contract/account.ts'
import {
  CloseNoteActSchema,
  DeskActDoneSchema,
  DeskActsSchema,
  GoodwillActSchema,
  GraceActSchema,
  HoldActSchema,
  LiftHoldActSchema,
  NoteActSchema,
  NoteIdSchema,
  ReReadActSchema,
  RevokeActSchema,
  type DeskDone,
} from '#contract/desk-acts.ts'
import { DeskAnswerQuerySchema } from '#contract/desk-answer.ts'
import { compact } from '#diagnosis/compact.ts'
import { createRoute, z } from '@hono/zod-openapi'
import { mayOnly, type Attempt } from '#server/desk/act-once.ts'
import { deskActs } from '#server/desk/acts.ts'
import { looked } from '#server/desk/audit.ts'
import type { DeskContext, DeskHands } from '#server/desk/context.ts'
import { giveGoodwill } from '#server/desk/goodwill.ts'
import { extendGrace } from '#server/desk/grace.ts'
import { holdAccount, liftHold } from '#server/desk/hold.ts'
import { addNote, endNote } from '#server/desk/notes.ts'
import { reRead } from '#server/desk/re-read.ts'
import { revokeSessions } from '#server/desk/revoke.ts'
import { createDeskRouter } from '#server/desk/router.ts'
import { requireStaff } from '#server/desk/staff-session.ts'
import { answers, AttemptHeader, json, problems } from '#server/openapi.ts'

const AccountParams = z.object({ app: IdSchema, account: IdSchema })
const base = '/api/desk/accounts/{app}/{account}'

const read = createRoute({
  method: 'get',
  path: `${base}/acts`,
  request: { params: AccountParams, query: DeskAnswerQuerySchema },
  responses: { 200: answers(DeskActsSchema, 'What staff can do here, and what stands of it.'), ...problems },
})

function actRoute<const P extends string, B extends z.ZodType>(path: P, body: B) {
  return createRoute({
    method: 'post',
    path: `${base}/${path}`,
    request: { params: AccountParams, headers: AttemptHeader, body: json(body) },
    responses: { 200: answers(DeskActDoneSchema, 'What came of it, and how things stand now.'), ...problems },
  })
}
const grace = actRoute('grace', GraceActSchema)
const goodwill = actRoute('goodwill', GoodwillActSchema)
const again = actRoute('re-read', ReReadActSchema)
const revoke = actRoute('revoke-sessions', RevokeActSchema)
const note = actRoute('notes', NoteActSchema)
const hold = actRoute('hold', HoldActSchema)
const lift = actRoute('lift-hold', LiftHoldActSchema)
const close = createRoute({
  method: 'post',
  path: `${base}/notes/{note}/close`,
  request: {
    params: AccountParams.extend({ note: NoteIdSchema }),
    headers: AttemptHeader,
    body: json(CloseNoteActSchema),
  },
  responses: { 200: answers(DeskActDoneSchema, 'It is closed.'), ...problems },
})

/** Whose act needs which right: looked at before the request is. */
const rights = {
  acts: 'read-account',
  grace: 'extend-grace',
  goodwill: 'goodwill',
  're-read': 're-read',
  'revoke-sessions': 'revoke-sessions',
  notes: 'note',
  'notes/:note/close': 'note',
  hold: 'hold',
  'lift-hold': 'hold',
} as const

/** What staff do to an account. Nothing here can charge, refund or touch a card. */
export function deskActRoutes(hands: DeskHands) {
  const router = createDeskRouter()
  for (const [path, deed] of Object.entries(rights))
    router.use(`/api/desk/accounts/:app/:account/${path}`, requireStaff(hands), mayOnly(deed))

  const attemptOf = (c: DeskContext, account: Attempt['account'], headers: { 'idempotency-key': string }): Attempt => ({
    hands,
    c,
    account,
    key: headers['idempotency-key'],
  })
  const answer = async (c: DeskContext, account: Attempt['account'], done: DeskDone) => ({
    done,
    acts: await deskActs(hands, account, c.var.staff.role),
  })

  return router
    .openapi(read, async (c) => {
      const key = c.req.valid('param')
      const { check } = c.req.valid('query')
      // The same look as the answer's: told alike, so that a page that is opened is one row.
      const told = { deed: 'read-account', ...key, ...compact({ subject: check }) } as const
      const acts = await looked(hands, c, told, () => deskActs(hands, key, c.var.staff.role))
      return c.json(acts, 200)
    })
    .openapi(grace, async (c) => {
      const key = c.req.valid('param')
      const done = await extendGrace(attemptOf(c, key, c.req.valid('header')), c.req.valid('json'))
      return c.json(await answer(c, key, done), 200)
    })
    .openapi(goodwill, async (c) => {
      const key = c.req.valid('param')
      const done = await giveGoodwill(attemptOf(c, key, c.req.valid('header')), c.req.valid('json'))
      return c.json(await answer(c, key, done), 200)
    })
    .openapi(again, async (c) => {
      const key = c.req.valid('param')
      const done = await reRead(attemptOf(c, key, c.req.valid('header')), c.req.valid('json'))
      return c.json(await answer(c, key, done), 200)
    })
    .openapi(revoke, async (c) => {
      const key = c.req.valid('param')
      const done = await revokeSessions(attemptOf(c, key, c.req.valid('header')), c.req.valid('json'))
      return c.json(await answer(c, key, done), 200)
    })
    .openapi(note, async (c) => {
      const key = c.req.valid('param')
      const done = await addNote(attemptOf(c, key, c.req.valid('header')), c.req.valid('json'))
      return c.json(await answer(c, key, done), 200)
    })
    .openapi(close, async (c) => {
      const { note: id, ...key } = c.req.valid('param')
      const done = await endNote(attemptOf(c, key, c.req.valid('header')), id, c.req.valid('json'))
      return c.json(await answer(c, key, done), 200)
    })
    .openapi(hold, async (c) => {
      const key = c.req.valid('param')
      const done = await holdAccount(attemptOf(c, key, c.req.valid('header')), c.req.valid('json'))
      return c.json(await answer(c, key, done), 200)
    })
    .openapi(lift, async (c) => {
      const key = c.req.valid('param')
      const done = await liftHold(attemptOf(c, key, c.req.valid('header')), c.req.valid('json'))
      return c.json(await answer(c, key, done), 200)
    })
}
