import {
  BillingDetailsRequestSchema,
  ConfirmRequestSchema,
  DeedAnswerSchema,
  PayingFixSchema,
  PayRequestSchema,
  RaiseCapRequestSchema,
  SetupAnswerSchema,
  SetupRequestSchema,
  type PayingFix,
} from '#contract/deed.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { addSeats } from '#server/fixes/add-seats.ts'
import { completeDetails } from '#server/fixes/billing-details.ts'
import { buyCredits } from '#server/fixes/buy-credits.ts'
import { choosePlan } from '#server/fixes/choose-plan.ts'
import { beginConfirmation, finishConfirmation } from '#server/fixes/confirm-payment.ts'
import { perform } from '#server/fixes/deed.ts'
import { payWith } from '#server/fixes/pay-invoice.ts'
import { raiseCap } from '#server/fixes/raise-cap.ts'
import { renew } from '#server/fixes/renew.ts'
import { resume } from '#server/fixes/resume.ts'
import { beginSetup } from '#server/fixes/update-card.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { answers, AttemptHeader, createRouter, json, problems } from '#server/openapi.ts'
import { sha256 } from '#server/token.ts'
import { requireSession } from '#server/session.ts'
import { requireStepUp } from '#server/step-up.ts'

const deedAnswers = { 200: answers(DeedAnswerSchema, 'What came of it, and a fresh look.'), ...problems }

const setUp = createRoute({
  method: 'post',
  path: '/api/fixes/update-card/setup',
  request: { headers: AttemptHeader, body: json(SetupRequestSchema) },
  responses: { 200: answers(SetupAnswerSchema, 'For Stripe.js to save the card with.'), ...problems },
})
const pay = createRoute({
  method: 'post',
  path: '/api/fixes/{fix}',
  request: {
    params: z.object({ fix: PayingFixSchema }),
    headers: AttemptHeader,
    body: json(PayRequestSchema),
  },
  responses: deedAnswers,
})
const confirm = createRoute({
  method: 'post',
  path: '/api/fixes/confirm-payment',
  request: { headers: AttemptHeader, body: json(ConfirmRequestSchema) },
  responses: deedAnswers,
})

const complete = createRoute({
  method: 'post',
  path: '/api/fixes/billing-details',
  request: { headers: AttemptHeader, body: json(BillingDetailsRequestSchema) },
  responses: deedAnswers,
})

const raise = createRoute({
  method: 'post',
  path: '/api/fixes/raise-cap',
  request: { headers: AttemptHeader, body: json(RaiseCapRequestSchema) },
  responses: deedAnswers,
})

/** One word: the path, the verb, the file. */
const payingDeeds = {
  'update-card': payWith,
  'pay-invoice': payWith,
  'finish-subscribing': payWith,
  renew,
  resume,
  'choose-plan': choosePlan,
  'add-seats': addSeats,
  'buy-credits': buyCredits,
} as const satisfies Record<PayingFix, typeof payWith>

/** The deeds. */
export function fixRoutes(hands: Hands, postman: Pick<Loop, 'wake'>) {
  const router = createRouter()
  router.use('/api/fixes/*', requireSession(hands))
  return router
    .openapi(setUp, async (c) => {
      const setup = await beginSetup(hands, c.var.session, c.req.valid('header')['idempotency-key'])
      if (setup.clientSecret === undefined) throw new ApiError('internal')
      return c.json({ setupIntent: setup.id, clientSecret: setup.clientSecret }, 200)
    })
    .openapi(confirm, async (c) => {
      const { session } = c.var
      const key = c.req.valid('header')['idempotency-key']
      const { check, invoice, finished } = c.req.valid('json')
      // Each call reads anew, so it is an attempt of its own; the invoice's one payment cannot be made twice.
      const answer = await perform(
        hands,
        { session, check, key: `${key}.${finished ? 'finish' : 'begin'}.${invoice}.${hands.now()}` },
        { deed: 'confirm-payment', request: { invoice, finished } },
        (payer) =>
          finished
            ? finishConfirmation(hands, payer, session, { invoice })
            : beginConfirmation(hands, payer, session, { invoice, key }),
      )
      return c.json(answer, 200)
    })
    .openapi(complete, async (c) => {
      const { session } = c.var
      const { check, ...details } = c.req.valid('json')
      if (details.email !== undefined) requireStepUp(hands, session)
      // Corrected details are another intention than the refused ones.
      const key = sha256(`${c.req.valid('header')['idempotency-key']} ${JSON.stringify(details)}`)
      const answer = await perform(
        hands,
        { session, check, key },
        { deed: 'billing-details', request: details },
        (payer) => completeDetails(hands, payer, session, { ...details, key }),
      )
      postman.wake()
      return c.json(answer, 200)
    })
    .openapi(raise, async (c) => {
      const { check, ...wish } = c.req.valid('json')
      const key = c.req.valid('header')['idempotency-key']
      return c.json(await raiseCap(hands, { session: c.var.session, check, key }, wish), 200)
    })
    .openapi(pay, async (c) => {
      const { session } = c.var
      const key = c.req.valid('header')['idempotency-key']
      const { check, ...request } = c.req.valid('json')
      const { fix } = c.req.valid('param')
      const answer = await perform(hands, { session, check, key }, { deed: fix, request }, (payer) =>
        payingDeeds[fix](hands, payer, session, { ...request, key }),
      )
      return c.json(answer, 200)
    })
}
