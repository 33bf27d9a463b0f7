import { DeedAnswerSchema } from '#contract/deed.ts'
import {
  CodeAnswerSchema,
  CodeQuestionSchema,
  HoldingsSchema,
  PlanActSchema,
  SeatsAnswerSchema,
  SeatsQuestionSchema,
} from '#contract/holding.ts'
import { createRoute } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { answers, AttemptHeader, createRouter, json, problems } from '#server/openapi.ts'
import { actOnPlan } from '#server/plan/act.ts'
import { tryCode } from '#server/plan/code.ts'
import { holdings } from '#server/plan/page.ts'
import { seatsAt } from '#server/plan/seats.ts'
import { requireSession } from '#server/session.ts'

const getPlan = createRoute({
  method: 'get',
  path: '/api/plan',
  responses: { 200: answers(HoldingsSchema, 'What the account has bought.'), ...problems },
})
const getSeats = createRoute({
  method: 'get',
  path: '/api/plan/seats',
  request: { query: SeatsQuestionSchema },
  responses: { 200: answers(SeatsAnswerSchema, 'What so many seats cost now.'), ...problems },
})
const postCode = createRoute({
  method: 'post',
  path: '/api/plan/code',
  request: { body: json(CodeQuestionSchema) },
  responses: { 200: answers(CodeAnswerSchema, 'What the code would do; nothing is changed.'), ...problems },
})
const postAct = createRoute({
  method: 'post',
  path: '/api/plan',
  request: { headers: AttemptHeader, body: json(PlanActSchema) },
  responses: { 200: answers(DeedAnswerSchema, 'What came of it, and a fresh look.'), ...problems },
})

/** What has been bought, and what can be done with it. */
export function planRoutes(hands: Hands) {
  const router = createRouter()
  router.use('/api/plan', requireSession(hands))
  router.use('/api/plan/*', requireSession(hands))
  return router
    .openapi(getPlan, async (c) => c.json(await holdings(hands, c.var.session), 200))
    .openapi(getSeats, async (c) => c.json(await seatsAt(hands, c.var.session, c.req.valid('query')), 200))
    .openapi(postCode, async (c) => c.json(await tryCode(hands, c.var.session, c.req.valid('json')), 200))
    .openapi(postAct, async (c) => {
      const key = c.req.valid('header')['idempotency-key']
      const doer = { session: c.var.session, check: undefined, key }
      return c.json(await actOnPlan(hands, doer, c.req.valid('json')), 200)
    })
}
