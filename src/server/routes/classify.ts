import { ClassifyAnswerSchema, ClassifyRequestSchema } from '#contract/classify.ts'
import { classify } from '#diagnosis/foreign/classify.ts'
import { reasonFacts } from '#diagnosis/reason.ts'
import { createRoute } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { examples } from '#server/handbook/examples.ts'
import { answers, createRouter, fails, json } from '#server/openapi.ts'
import { requireApp } from './v1.ts'

const postClassify = createRoute({
  method: 'post',
  path: '/v1/classify',
  operationId: 'classify',
  summary: 'What does the refusal of another system mean?',
  description:
    'Reads the status, the headers and the body that another system answered with. Nothing of it is kept, and nothing about an account is told.',
  security: [{ apiKey: [] }],
  request: { body: json(ClassifyRequestSchema, examples.classify) },
  responses: {
    200: answers(ClassifyAnswerSchema, 'One reason, or `unknown` with what it can mean.', examples.classified),
    ...fails('invalid-request', 'not-authenticated', 'too-large', 'not-json'),
  },
})

/** Reads what others send; nothing of it is kept. */
export function classifyRoutes(hands: Hands) {
  const router = createRouter()
  router.on('POST', '/v1/classify', requireApp(hands))
  return router.openapi(postClassify, (c) => {
    const answer = classify(c.req.valid('json'))
    const url = new URL('/fix', hands.config.origin)
    url.searchParams.set('app', c.var.app.id)
    url.searchParams.set('reason', answer.reason)
    return c.json({ ...answer, title: reasonFacts[answer.reason].title, url: url.href }, 200)
  })
}
