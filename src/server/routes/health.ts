import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { answers, createRouter, problems } from '#server/openapi.ts'

const OkSchema = z.object({ ok: z.literal(true) })

const livez = createRoute({
  method: 'get',
  path: '/livez',
  responses: { 200: answers(OkSchema, 'The process answers.') },
})
const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  responses: { 200: answers(OkSchema, 'The database answers too.'), ...problems },
})

/** For whoever watches over the process; asked under any host name. */
export function healthRoutes({ database }: Hands) {
  return createRouter()
    .openapi(livez, (c) => c.json({ ok: true as const }, 200))
    .openapi(readyz, async (c) => {
      await database.query('select 1')
      return c.json({ ok: true as const }, 200)
    })
}
