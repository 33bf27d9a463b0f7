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
import type { StaffDeed } from '#contract/staff.ts'
import { compact } from '#diagnosis/compact.ts'
import { createRoute, z } from '@hono/zod-openapi'
import { mayOnly, type Attempt } from '#server/desk/act-once.ts'
import { deskActs } from '#server/desk/acts.ts'
import { looked } from '#server/desk/audit.ts'
import type { DeskHands } from '#server/desk/context.ts'
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
const NoteParams = AccountParams.extend({ note: NoteIdSchema })
const base = '/api/desk/accounts/{app}/{account}'

type Params = z.infer<typeof NoteParams>
type Perform<B extends z.ZodType> = (attempt: Attempt, request: z.output<B>, params: Params) => Promise<DeskDone>

/** One act: where it is sent, by which right, what is asked, and who does it. */
function act<B extends z.ZodType>(path: string, right: StaffDeed, body: B, perform: Perform<B>) {
  const route = createRoute({
    method: 'post',
    path: `${base}/${path}`,
    request: {
      params: path.includes('{note}') ? NoteParams : AccountParams,
      headers: AttemptHeader,
      body: json<z.ZodType>(body),
    },
    responses: { 200: answers(DeskActDoneSchema, 'What came of it, and how things stand now.'), ...problems },
  })
  // The route's own schemas pair each request with its deed.
  return { route, right, perform: perform as Perform<z.ZodType> }
}

const acts = [
  act('grace', 'extend-grace', GraceActSchema, extendGrace),
  act('goodwill', 'goodwill', GoodwillActSchema, giveGoodwill),
  act('re-read', 're-read', ReReadActSchema, reRead),
  act('revoke-sessions', 'revoke-sessions', RevokeActSchema, revokeSessions),
  act('notes', 'note', NoteActSchema, addNote),
  act('notes/{note}/close', 'note', CloseNoteActSchema, endNote),
  act('hold', 'hold', HoldActSchema, holdAccount),
  act('lift-hold', 'hold', LiftHoldActSchema, liftHold),
]

const read = createRoute({
  method: 'get',
  path: `${base}/acts`,
  request: { params: AccountParams, query: DeskAnswerQuerySchema },
  responses: { 200: answers(DeskActsSchema, 'What staff can do here, and what stands of it.'), ...problems },
})

/** What staff do to an account. Nothing here can charge, refund or touch a card. */
export function deskActRoutes(hands: DeskHands) {
  const router = createDeskRouter()
  // Which right an act needs is looked at before its request is.
  for (const { route, right } of [{ route: read, right: 'read-account' } as const, ...acts])
    router.use(route.getRoutingPath(), requireStaff(hands), mayOnly(right))
  for (const { route, perform } of acts) {
    router.openapi(route, async (c) => {
      // Those acts that are about no note do not look for one.
      const params = c.req.valid('param') as Params
      const { app, account } = params
      const key = { app, account }
      const attempt = { hands, c, account: key, key: c.req.valid('header')['idempotency-key'] }
      const done = await perform(attempt, c.req.valid('json'), params)
      return c.json({ done, acts: await deskActs(hands, key, c.var.staff.role) }, 200)
    })
  }
  return router.openapi(read, async (c) => {
    const key = c.req.valid('param')
    const { check } = c.req.valid('query')
    // The same look as the answer's: told alike, so that a page that is opened is one row.
    const told = { deed: 'read-account', ...key, ...compact({ subject: check }) } as const
    return c.json(await looked(hands, c, told, () => deskActs(hands, key, c.var.staff.role)), 200)
  })
}
