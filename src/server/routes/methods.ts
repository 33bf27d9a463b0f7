import { DeedAnswerSchema } from '#contract/deed.ts'
import {
  AbandonRequestSchema,
  AssignRequestSchema,
  BackupAnswerSchema,
  BackupRequestSchema,
  MethodsPageSchema,
  RemoveRequestSchema,
  VerifyAnswerSchema,
  VerifyRequestSchema,
} from '#contract/methods.ts'
import { createRoute } from '@hono/zod-openapi'
import { agreeToBackup, withdrawBackup } from '#server/backup/consent.ts'
import type { Hands } from '#server/context.ts'
import { perform } from '#server/fixes/deed.ts'
import { assignMethod } from '#server/methods/assign.ts'
import { methodsPage, rememberPage } from '#server/methods/page.ts'
import { removeMethod } from '#server/methods/remove.ts'
import { abandonMethod, verifyMethod } from '#server/methods/verify.ts'
import { answers, AttemptHeader, createRouter, fails, json, problems } from '#server/openapi.ts'
import { requireSession } from '#server/session.ts'
import { requireStepUp } from '#server/step-up.ts'

const getMethods = createRoute({
  method: 'get',
  path: '/api/payment-methods',
  responses: { 200: answers(MethodsPageSchema, 'What is saved, and what is charged to it.'), ...problems },
})
const assign = createRoute({
  method: 'post',
  path: '/api/payment-methods/assign',
  request: { headers: AttemptHeader, body: json(AssignRequestSchema) },
  responses: { 200: answers(DeedAnswerSchema, 'What came of it, and a fresh look.'), ...problems },
})
const remove = createRoute({
  method: 'post',
  path: '/api/payment-methods/remove',
  request: { headers: AttemptHeader, body: json(RemoveRequestSchema) },
  responses: {
    200: answers(DeedAnswerSchema, 'What came of it, and a fresh look.'),
    ...fails('method-needed', 'step-up-needed'),
  },
})
const verify = createRoute({
  method: 'post',
  path: '/api/payment-methods/verify',
  request: { body: json(VerifyRequestSchema) },
  responses: { 200: answers(VerifyAnswerSchema, 'Whether that was what stood there.'), ...problems },
})
const abandon = createRoute({
  method: 'post',
  path: '/api/payment-methods/abandon',
  request: { body: json(AbandonRequestSchema) },
  responses: { 204: { description: 'It is given up.' }, ...problems },
})

const agree = createRoute({
  method: 'post',
  path: '/api/payment-methods/backup',
  request: { body: json(BackupRequestSchema) },
  responses: { 200: answers(BackupAnswerSchema, 'Whether it is agreed.'), ...problems },
})
const withdraw = createRoute({
  method: 'post',
  path: '/api/payment-methods/backup/withdraw',
  responses: { 204: { description: 'Nothing is charged in place of another one any more.' }, ...problems },
})

/** What an account pays with. */
export function methodRoutes(hands: Hands) {
  const router = createRouter()
  router.use('/api/payment-methods', requireSession(hands))
  router.use('/api/payment-methods/*', requireSession(hands))
  return router
    .openapi(getMethods, async (c) => {
      const page = await methodsPage(hands, c.var.session)
      await rememberPage(hands, c.var.session, page)
      return c.json(page, 200)
    })
    .openapi(assign, async (c) => {
      const { session } = c.var
      const request = c.req.valid('json')
      const doer = { session, check: undefined, key: c.req.valid('header')['idempotency-key'] }
      const answer = await perform(hands, doer, { deed: 'assign-method', request }, (payer) =>
        assignMethod(hands, payer, session, request),
      )
      return c.json(answer, 200)
    })
    .openapi(remove, async (c) => {
      const { session } = c.var
      requireStepUp(hands, session)
      const request = c.req.valid('json')
      const doer = { session, check: undefined, key: c.req.valid('header')['idempotency-key'] }
      const answer = await perform(hands, doer, { deed: 'remove-method', request }, (payer) =>
        removeMethod(hands, payer, session, request),
      )
      return c.json(answer, 200)
    })
    .openapi(agree, async (c) => c.json(await agreeToBackup(hands, c.var.session, c.req.valid('json')), 200))
    .openapi(withdraw, async (c) => {
      await withdrawBackup(hands, c.var.session)
      return c.body(null, 204)
    })
    .openapi(verify, async (c) => c.json(await verifyMethod(hands, c.var.session, c.req.valid('json')), 200))
    .openapi(abandon, async (c) => {
      await abandonMethod(hands, c.var.session, c.req.valid('json').setupIntent)
      return c.body(null, 204)
    })
}
