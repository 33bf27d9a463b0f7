import { IdSchema } from '#contract/account.ts'
import { createRoute, z } from '@hono/zod-openapi'
import { withAccountLock } from '#server/account-lock.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { exportHeaders, exportOf } from '#server/export.ts'
import { createRouter, fails } from '#server/openapi.ts'
import { requireApp } from '#server/routes/v1.ts'
import { findAccount } from '#server/store/accounts.ts'
import { eraseHeld } from '#server/store/held.ts'

const security = [{ apiKey: [] }]
const params = z.object({ id: IdSchema.meta({ description: 'The app’s own id of the account.' }) })

const getExport = createRoute({
  method: 'get',
  path: '/v1/accounts/{id}/export',
  operationId: 'exportAccount',
  summary: 'Everything held about an account',
  description:
    'One JSON document, streamed: `{ app, account, exported_at, tables, stripe_objects }`. Each table is a list of its rows; instants are unix seconds, money is in minor units. Secrets are left out. What Stripe holds is read there, under the ids in `stripe_objects`.',
  security,
  request: { params },
  responses: {
    200: { description: 'The document.' },
    ...fails('invalid-request', 'not-authenticated', 'not-found'),
  },
})
const deleteAccount = createRoute({
  method: 'delete',
  path: '/v1/accounts/{id}',
  operationId: 'eraseAccount',
  summary: 'Erase an account',
  description:
    'Takes away everything the portal holds about it: members, sessions, links, letters, checks, usage, credits. Everybody is out at once, and no link or code opens anything. Customer, subscriptions and invoices stay at Stripe: cancel there first, or they go on being charged. Cannot be undone; may be repeated.',
  security,
  request: { params },
  responses: {
    204: { description: 'It is gone.' },
    ...fails('invalid-request', 'not-authenticated', 'in-progress'),
  },
})

/** For apps: what is held about an account, to be handed over or erased (GDPR, articles 15, 17 and 20). */
export function v1DataRoutes(hands: Hands) {
  const router = createRouter()
  const { airlock, database, now } = hands
  const keyed = requireApp(hands)
  router.use('/v1/accounts/:id/export', keyed)
  router.on('DELETE', '/v1/accounts/:id', keyed)
  const keyOf = (app: { readonly id: string }, account: string) => ({ app: app.id, account })
  return router
    .openapi(getExport, async (c) => {
      const key = keyOf(c.var.app, c.req.valid('param').id)
      if (!(await findAccount(database, key))) throw new ApiError('not-found')
      return c.body(exportOf(hands, key), 200, exportHeaders(key, now()))
    })
    .openapi(deleteAccount, async (c) => {
      const key = keyOf(c.var.app, c.req.valid('param').id)
      // A payment that is being made finishes first, and what it writes down goes as well.
      await withAccountLock(hands, key, () => eraseHeld(database, key))
      airlock.forget(key)
      return c.body(null, 204)
    })
}
