import { EndAllSchema, PrivacySchema, SessionIdSchema } from '#contract/privacy.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { exportHeaders, exportOf } from '#server/export.ts'
import { answers, createRouter, json, problems } from '#server/openapi.ts'
import { endAllSessions, endOneSession, privacy, requireExport } from '#server/privacy.ts'
import { forgetSession, requireSession } from '#server/session.ts'

const list = createRoute({
  method: 'get',
  path: '/api/sessions',
  responses: { 200: answers(PrivacySchema, 'Who is signed in where, and who has looked.'), ...problems },
})
const end = createRoute({
  method: 'delete',
  path: '/api/sessions/{id}',
  request: { params: z.object({ id: SessionIdSchema }) },
  responses: { 204: { description: 'Nobody is signed in there any more.' }, ...problems },
})
const endAll = createRoute({
  method: 'post',
  path: '/api/session/end-all',
  request: { body: json(EndAllSchema) },
  responses: { 204: { description: 'Signed out, here too.' }, ...problems },
})
const everything = createRoute({
  method: 'get',
  path: '/api/export',
  responses: {
    200: { description: 'Everything held about the account, as a JSON file.' },
    ...problems,
  },
})

/** What a person may know and end: where they are signed in, what is held about the account, who has looked at it. */
export function privacyRoutes(hands: Hands) {
  const router = createRouter()
  for (const path of ['/api/sessions', '/api/sessions/*', '/api/session/end-all', '/api/export']) {
    router.use(path, requireSession(hands))
  }
  return router
    .openapi(list, async (c) => c.json(await privacy(hands, c.var.session), 200))
    .openapi(end, async (c) => {
      await endOneSession(hands, c.var.session, c.req.valid('param').id)
      return c.body(null, 204)
    })
    .openapi(endAll, async (c) => {
      await endAllSessions(hands, c.var.session, c.req.valid('json'))
      forgetSession(hands, c)
      return c.body(null, 204)
    })
    .openapi(everything, (c) => {
      const { session } = c.var
      requireExport(hands, session)
      return c.body(exportOf(hands, session), 200, exportHeaders(session, hands.now()))
    })
}
