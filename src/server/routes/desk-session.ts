import { StaffSessionSchema, StaffSignedOutSchema } from '#contract/staff.ts'
import { createRoute } from '@hono/zod-openapi'
import type { DeskContext, DeskHands } from '#server/desk/context.ts'
import { createDeskRouter } from '#server/desk/router.ts'
import { SignInFailed } from '#server/desk/identity.ts'
import { rightsOf } from '#server/desk/rights.ts'
import {
  beginStaffSignIn,
  endStaffSession,
  finishStaffSignIn,
  requireStaff,
  STAFF_SESSION_SECONDS,
} from '#server/desk/staff-session.ts'
import { answers, problems } from '#server/openapi.ts'

const who = createRoute({
  method: 'get',
  path: '/api/desk/session',
  responses: { 200: answers(StaffSessionSchema, 'Who is signed in, and what they may do.'), ...problems },
})
const end = createRoute({
  method: 'post',
  path: '/api/desk/session/end',
  responses: { 200: answers(StaffSignedOutSchema, 'Signed out here.'), ...problems },
})

/** Staff come in by their identity provider, and only by it. */
export function deskSessionRoutes(hands: DeskHands) {
  const { config, now } = hands
  const router = createDeskRouter()
  router.get('/sign-in/start', (c) =>
    orBack(c, () => beginStaffSignIn(hands, c, new URL(c.req.url).searchParams.get('to') ?? '/')),
  )
  router.get('/sign-in/back', (c) => orBack(c, () => finishStaffSignIn(hands, c)))
  router.use('/api/desk/session', requireStaff(hands))
  return router
    .openapi(who, (c) => {
      const { staff } = c.var
      return c.json(
        {
          now: now(),
          merchant: { name: config.merchant.name },
          sandbox: config.stripe.sandbox,
          portal: config.origin,
          staff: { id: staff.staff, name: staff.name, role: staff.role },
          rights: [...rightsOf(staff.role)],
          apps: config.apps.map(({ id, name }) => ({ id, name })),
          until: staff.created + STAFF_SESSION_SECONDS,
        },
        200,
      )
    })
    .openapi(end, async (c) => {
      const ended = await endStaffSession(hands, c)
      const url = ended && (await hands.identity.end(ended.idToken))
      c.header('Clear-Site-Data', '"cache", "storage"')
      return c.json(url === undefined ? {} : { url }, 200)
    })
}

/** A person in the middle of signing in is told on the desk's own page what went wrong. */
async function orBack(c: DeskContext, go: () => Promise<string>): Promise<Response> {
  try {
    return c.redirect(await go(), 303)
  } catch (error) {
    if (error instanceof SignInFailed) return c.redirect(`/?trouble=${error.trouble}`, 303)
    throw error
  }
}
