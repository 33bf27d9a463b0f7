import type { Visit } from '#contract/visit.ts'
import type { MiddlewareHandler } from 'hono'
import type { Env, Hands } from './context.ts'
import { insertScreen, placeOf } from './store/visits.ts'

/** Which page of the account asks for what. */
const pages: Readonly<Record<string, string>> = {
  '/api/overview': '/overview',
  '/api/billing-details': '/billing-details',
  '/api/payment-methods': '/payment-methods',
  '/api/invoices': '/invoices',
  '/api/plan': '/plan',
  '/api/usage': '/usage',
  '/api/sessions': '/privacy',
  '/api/people': '/people',
}

/**
 * Writes down on which screens people were, for whoever is asked afterwards why they could not go on: from the requests
 * that the portal's pages make anyway. A screen that asks again, however often, costs nothing more.
 */
export function noteScreens({ database, log, now }: Hands): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next()
    const session = c.get('session')
    if (session === undefined || c.req.method !== 'GET' || !c.res.ok) return
    const shown = c.get('shown') ?? pageAt(c.req.path)
    if (shown === undefined || session.screen === placeOf(shown.screen, shown.check)) return
    try {
      await insertScreen(database, session, shown, now())
    } catch (error) {
      log.warn({ err: error }, 'a screen could not be written down')
    }
  }
}

function pageAt(path: string): { readonly screen: string; readonly check?: string } | undefined {
  const screen = Object.hasOwn(pages, path) ? pages[path] : invoiceAt(path)
  return screen === undefined ? undefined : { screen }
}

function invoiceAt(path: string): string | undefined {
  const [, id] = /^\/api\/invoices\/(in_\w+)$/.exec(path) ?? []
  return id === undefined ? undefined : `/invoices/${id}`
}

/** Where a visit leads. Nobody is led anywhere who looks at an account in which nothing is wrong. */
export function screenOf({ guest, check, diagnosis: { verdict, blockers } }: Visit): string | undefined {
  if (guest) return '/pay'
  if (verdict === 'unchecked') return '/fix/diagnosis'
  if (blockers[0]) return `/fix/${blockers[0].fix}`
  return check && '/fix/all-clear'
}
