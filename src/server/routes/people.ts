import { IdSchema } from '#contract/account.ts'
import { InviteSchema, PeopleSchema, RoleChangeSchema } from '#contract/people.ts'
import { createRoute, z } from '@hono/zod-openapi'
import type { Hands } from '#server/context.ts'
import type { Loops } from '#server/app.ts'
import { answers, createRouter, json, problems } from '#server/openapi.ts'
import { changeRole, handOver, remove } from '#server/people/change.ts'
import { invite } from '#server/people/invite.ts'
import { showPeople } from '#server/people/show.ts'
import { requireSession } from '#server/session.ts'
import { requireStepUp } from '#server/step-up.ts'

const params = z.object({ id: IdSchema })
const responses = { 200: answers(PeopleSchema, 'Everybody of the account, as it is now.'), ...problems }

const getPeople = createRoute({ method: 'get', path: '/api/people', responses })
const postInvite = createRoute({
  method: 'post',
  path: '/api/people',
  request: { body: json(InviteSchema) },
  responses,
})
const putRole = createRoute({
  method: 'put',
  path: '/api/people/{id}/role',
  request: { params, body: json(RoleChangeSchema) },
  responses,
})
const deletePerson = createRoute({ method: 'delete', path: '/api/people/{id}', request: { params }, responses })
const postOwner = createRoute({
  method: 'post',
  path: '/api/people/{id}/owner',
  request: { params, body: json(z.strictObject({})) },
  responses,
})

/** Who belongs to an account. Every change answers with everybody as they are now. */
export function peopleRoutes(hands: Hands, { postman, outbox }: Pick<Loops, 'postman' | 'outbox'>) {
  const router = createRouter()
  router.use('/api/people', requireSession(hands))
  router.use('/api/people/*', requireSession(hands))
  return router
    .openapi(getPeople, async (c) => c.json(await showPeople(hands, c.var.session), 200))
    .openapi(postInvite, async (c) => {
      await invite(hands, c.var.session, c.req.valid('json'))
      postman.wake()
      outbox.wake()
      return c.json(await showPeople(hands, c.var.session), 200)
    })
    .openapi(putRole, async (c) => {
      await changeRole(hands, c.var.session, { ...c.req.valid('param'), ...c.req.valid('json') })
      outbox.wake()
      return c.json(await showPeople(hands, c.var.session), 200)
    })
    .openapi(deletePerson, async (c) => {
      await remove(hands, c.var.session, c.req.valid('param').id)
      outbox.wake()
      return c.json(await showPeople(hands, c.var.session), 200)
    })
    .openapi(postOwner, async (c) => {
      requireStepUp(hands, c.var.session)
      await handOver(hands, c.var.session, c.req.valid('param').id)
      outbox.wake()
      // What they may from now on, not what they might when they asked.
      return c.json(await showPeople(hands, { ...c.var.session, role: 'billing_admin' }), 200)
    })
}
