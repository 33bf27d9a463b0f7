import { bodyLimit } from 'hono/body-limit'
import type { MiddlewareHandler } from 'hono'
import type { Env, Hands } from './context.ts'
import { describeApi } from './describe-api.ts'
import { answerFailure, ApiError } from './errors.ts'
import { isForwardAuth } from './gateway-headers.ts'
import { requireHost, securityHeaders } from './headers.ts'
import type { Loop } from './jobs/loop.ts'
import { createRouter, describeEvents } from './openapi.ts'
import { askRoutes } from './routes/asks.ts'
import { autoRechargeRoutes } from './routes/auto-recharge.ts'
import { forwardAuthRoutes } from './routes/forward-auth.ts'
import { classifyRoutes } from './routes/classify.ts'
import { eventRoutes } from './routes/events.ts'
import { fixRoutes } from './routes/fixes.ts'
import { guestLinkRoutes } from './routes/guest-links.ts'
import { handbookRoutes } from './routes/handbook.ts'
import { healthRoutes } from './routes/health.ts'
import { methodRoutes } from './routes/methods.ts'
import { invoiceRoutes } from './routes/invoices.ts'
import { offerRoutes } from './routes/offers.ts'
import { pageRoutes } from './routes/pages.ts'
import { planRoutes } from './routes/plan.ts'
import { privacyRoutes } from './routes/privacy.ts'
import { peopleRoutes } from './routes/people.ts'
import { sessionRoutes } from './routes/session.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { usageAlertRoutes } from './routes/usage-alerts.ts'
import { usagePageRoutes } from './routes/usage-page.ts'
import { stepUpRoutes } from './routes/step-up.ts'
import { usageRoutes } from './routes/usage.ts'
import { v1DataRoutes } from './routes/v1-data.ts'
import { v1Routes } from './routes/v1.ts'
import { visitRoutes } from './routes/visit.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { noteScreens } from './screens.ts'
import { requireSameSite } from './session.ts'

export const BODY_BYTES = 1_000_000

/** What goes on in the background; a route wakes it when there is something to do. */
export type Loops = Readonly<
  Record<'inbox' | 'charger' | 'postman' | 'recharger' | 'watch' | 'forwarder' | 'gifts' | 'outbox', Loop>
>

/** The whole portal as one function from Request to Response. `pages` is the folder of the built browser part. */
export function createApp(hands: Hands, loops: Loops, pages: string | undefined) {
  const { inbox, postman, recharger } = loops
  const { config, log } = hands
  const app = createRouter()
  app.onError((error, c) => answerFailure(error, c, log, config.origin))
  app.notFound((c) => answerFailure(new ApiError('not-found'), c, log, config.origin))
  app.use(securityHeaders(config))
  app.route('/', healthRoutes(hands))
  app.use(except(requireHost(config.origin), (path) => path === '/livez' || path === '/readyz' || isForwardAuth(path)))
  app.use(bodyLimit({ maxSize: BODY_BYTES, onError: refuseSize }))
  app.use('/api/*', requireSameSite(config.origin))
  app.use('/api/*', noteScreens(hands))

  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' })
  describeEvents(app.openAPIRegistry)
  const description = once(() => describeApi(app, config.origin))
  app.get('/openapi.json', (c) => c.json(description()))
  app.route('/', handbookRoutes(hands, description))
  app.route('/', webhookRoutes(hands, inbox))
  app.route('/', v1Routes(hands, loops.watch))
  app.route('/', v1DataRoutes(hands))
  app.route('/', forwardAuthRoutes(hands))
  app.route('/', eventRoutes(hands, loops.outbox))
  app.route('/', usageRoutes(hands, loops))
  app.route('/', classifyRoutes(hands))
  app.route('/', sessionRoutes(hands))
  app.route('/', signInRoutes(hands, postman))
  app.route('/', stepUpRoutes(hands, postman))
  app.route('/', privacyRoutes(hands))
  app.route('/', visitRoutes(hands))
  app.route('/', usagePageRoutes(hands))
  app.route('/', usageAlertRoutes(hands))
  app.route('/', fixRoutes(hands, postman))
  app.route('/', methodRoutes(hands))
  app.route('/', invoiceRoutes(hands))
  app.route('/', offerRoutes(hands))
  app.route('/', planRoutes(hands))
  app.route('/', autoRechargeRoutes(hands, recharger))
  app.route('/', askRoutes(hands, postman))
  app.route('/', guestLinkRoutes(hands, postman))
  app.route('/', peopleRoutes(hands, loops))
  if (pages !== undefined)
    app.route(
      '/',
      pageRoutes(pages, () => 'index.html'),
    )
  return app
}

/** The routes are all there when the first request comes, and never change. */
function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

export function refuseSize(): never {
  throw new ApiError('too-large')
}

function except(middleware: MiddlewareHandler<Env>, spares: (path: string) => boolean): MiddlewareHandler<Env> {
  return (c, next) => (spares(c.req.path) ? next() : middleware(c, next))
}
