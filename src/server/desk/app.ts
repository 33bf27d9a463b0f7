import { bodyLimit } from 'hono/body-limit'
import { answerFailure, ApiError } from '#server/errors.ts'
import { deskHeaders, requireHost } from '#server/headers.ts'
import { BODY_BYTES, refuseSize, type Loops } from '#server/app.ts'
import { deskActRoutes } from '#server/routes/desk-acts.ts'
import { deskAnswerRoutes } from '#server/routes/desk-answer.ts'
import { deskSearchRoutes } from '#server/routes/desk-search.ts'
import { deskAuditRoutes } from '#server/routes/desk-audit.ts'
import { deskInsightRoutes } from '#server/routes/desk-insight.ts'
import { deskSessionRoutes } from '#server/routes/desk-session.ts'
import { deskTimelineRoutes } from '#server/routes/desk-timeline.ts'
import { deskViewRoutes } from '#server/routes/desk-view.ts'
import { pageRoutes } from '#server/routes/pages.ts'
import { requireSameSite } from '#server/session.ts'
import type { DeskHands } from './context.ts'
import { createDeskRouter } from './router.ts'

/** The support desk: another origin than the portal, with its own cookie. `pages` is the folder of what was built for browsers. */
export function createDesk(hands: DeskHands, loops: Loops, pages: string | undefined) {
  const { desk, log } = hands
  const app = createDeskRouter()
  app.onError((error, c) => answerFailure(error, c, log, hands.config.origin))
  app.notFound((c) => answerFailure(new ApiError('not-found'), c, log, hands.config.origin))
  app.use(deskHeaders(desk.origin))
  app.use(requireHost(desk.origin))
  app.use(bodyLimit({ maxSize: BODY_BYTES, onError: refuseSize }))
  app.use('/api/*', requireSameSite(desk.origin))
  app.route('/', deskSessionRoutes(hands))
  app.route('/', deskActRoutes(hands))
  app.route('/', deskViewRoutes(hands))
  app.route('/', deskAnswerRoutes(hands, loops.postman))
  app.route('/', deskSearchRoutes(hands))
  app.route('/', deskAuditRoutes(hands))
  app.route('/', deskInsightRoutes(hands))
  app.route('/', deskTimelineRoutes(hands, loops.outbox))
  if (pages !== undefined) app.route('/', pageRoutes(pages, documentAt))
  return app
}

/** Under `/as/` stand the customer's own pages, read-only; everything else is the desk. */
function documentAt(path: string): 'index.html' | 'support.html' {
  return path.startsWith('/as/') ? 'index.html' : 'support.html'
}
