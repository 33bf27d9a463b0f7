import { HintAnswerSchema, HintRequestSchema } from '#contract/hint.ts'
import {
  SignInAnswerSchema,
  SignInBegunSchema,
  SignInChoiceSchema,
  SignInCodeSchema,
  SignInRequestSchema,
} from '#contract/sign-in.ts'
import { createRoute } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { followHint } from '#server/hint.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { answers, createRouter, json, problems } from '#server/openapi.ts'
import { beginSignIn, enterByCode, enterChosen } from '#server/sign-in.ts'

const hint = createRoute({
  method: 'post',
  path: '/api/session/hint',
  request: { body: json(HintRequestSchema) },
  responses: { 200: answers(HintAnswerSchema, 'In, or what is needed first.'), ...problems },
})
const begin = createRoute({
  method: 'post',
  path: '/api/session/sign-in',
  request: { body: json(SignInRequestSchema) },
  responses: { 200: answers(SignInBegunSchema, 'The same, whoever is known by that address.'), ...problems },
})
const code = createRoute({
  method: 'post',
  path: '/api/session/sign-in/code',
  request: { body: json(SignInCodeSchema) },
  responses: { 200: answers(SignInAnswerSchema, 'In, which account, or why not.'), ...problems },
})
const choice = createRoute({
  method: 'post',
  path: '/api/session/sign-in/account',
  request: { body: json(SignInChoiceSchema) },
  responses: { 200: answers(SignInAnswerSchema, 'In, or why not.'), ...problems },
})

/** The way in without a ticket: what the address only hints at, and who somebody is. */
export function signInRoutes(hands: Hands, postman: Loop) {
  return createRouter()
    .openapi(hint, async (c) => c.json(await followHint(hands, c, c.req.valid('json')), 200))
    .openapi(begin, async (c) => {
      const begun = await beginSignIn(hands, c, c.req.valid('json'))
      postman.wake()
      return c.json(begun, 200)
    })
    .openapi(code, async (c) => c.json(await enterByCode(hands, c, c.req.valid('json').code), 200))
    .openapi(choice, async (c) => c.json(await enterChosen(hands, c, c.req.valid('json')), 200))
}
