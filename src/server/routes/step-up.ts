import { SignInCodeSchema } from '#contract/sign-in.ts'
import { StepUpAnswerSchema, StepUpBegunSchema } from '#contract/step-up.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { answers, createRouter, json, problems } from '#server/openapi.ts'
import { requireSession } from '#server/session.ts'
import { beginStepUp, confirmStepUp } from '#server/step-up.ts'

const begin = createRoute({
  method: 'post',
  path: '/api/step-up',
  request: { body: json(z.strictObject({})) },
  responses: { 200: answers(StepUpBegunSchema, 'A code is on its way, or none can be sent.'), ...problems },
})
const confirm = createRoute({
  method: 'post',
  path: '/api/step-up/confirm',
  request: { body: json(SignInCodeSchema) },
  responses: { 200: answers(StepUpAnswerSchema, 'Proved, or why not.'), ...problems },
})

/** Who is signed in proves once more who they are, before something that would hurt in other hands. */
export function stepUpRoutes(hands: Hands, postman: Loop) {
  const router = createRouter()
  router.use('/api/step-up', requireSession(hands))
  router.use('/api/step-up/*', requireSession(hands))
  return router
    .openapi(begin, async (c) => {
      const begun = await beginStepUp(hands, c.var.session)
      postman.wake()
      return c.json(begun, 200)
    })
    .openapi(confirm, async (c) => c.json(await confirmStepUp(hands, c, c.var.session, c.req.valid('json').code), 200))
}
