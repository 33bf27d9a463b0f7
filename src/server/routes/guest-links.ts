import {
  GuestEntryRequestSchema,
  GuestEntrySchema,
  GuestLinkIdSchema,
  GuestLinkMadeSchema,
  GuestLinkRequestSchema,
  GuestLinksSchema,
} from '#contract/guest-link.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import { enterAsGuest, makeGuestLink, openGuestLinks, revokeGuestLink } from '#server/guest-links.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { answers, createRouter, json, problems } from '#server/openapi.ts'
import { requireSession } from '#server/session.ts'
import { countDeadLinks } from '#server/throttle.ts'

const make = createRoute({
  method: 'post',
  path: '/api/guest-links',
  request: { body: json(GuestLinkRequestSchema) },
  responses: { 200: answers(GuestLinkMadeSchema, 'Good for one payment and seven days.'), ...problems },
})
const list = createRoute({
  method: 'get',
  path: '/api/guest-links',
  responses: { 200: answers(GuestLinksSchema, 'Those that still open.'), ...problems },
})
const revoke = createRoute({
  method: 'delete',
  path: '/api/guest-links/{id}',
  request: { params: z.object({ id: GuestLinkIdSchema }) },
  responses: { 204: { description: 'It opens nothing any more.' }, ...problems },
})
const enter = createRoute({
  method: 'post',
  path: '/api/session/guest',
  request: { body: json(GuestEntryRequestSchema) },
  responses: { 200: answers(GuestEntrySchema, 'In, or why not.'), ...problems },
})

/** One payment for somebody without a login. */
export function guestLinkRoutes(hands: Hands, postman: Loop) {
  const router = createRouter()
  router.use('/api/guest-links', requireSession(hands))
  router.use('/api/guest-links/*', requireSession(hands))
  return router
    .openapi(make, async (c) => {
      const made = await makeGuestLink(hands, c.var.session, c.req.valid('json'))
      postman.wake()
      return c.json(made, 200)
    })
    .openapi(list, async (c) => c.json(await openGuestLinks(hands, c.var.session), 200))
    .openapi(revoke, async (c) => {
      await revokeGuestLink(hands, c.var.session, c.req.valid('param').id)
      postman.wake()
      return c.body(null, 204)
    })
    .openapi(enter, async (c) =>
      c.json(await countDeadLinks(hands, c, () => enterAsGuest(hands, c, c.req.valid('json'))), 200),
    )
}
