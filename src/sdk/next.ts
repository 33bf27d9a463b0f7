import type { Fix402 } from './fix402.ts'
import { createGate, type GateOptions, type Subject } from './gate.ts'

export type NextFix402<Req extends Request> = {
  /** The SDK itself, for pages and actions. */
  readonly fix402: Fix402
  /** For `proxy.ts` (before Next 16: `middleware.ts`): answers `/_billing/*` and people who come back, and refuses. */
  proxy(subject?: Subject<Req>): (request: Req) => Promise<Response | undefined>
  /** Answers `/_billing/*` and people who come back, and lets everything else pass: a proxy that gates nothing. */
  readonly routes: (request: Req) => Promise<Response | undefined>
  /** A route handler that is only called for who may be served. */
  withPaid<Rest extends unknown[]>(
    handler: (request: Req, ...rest: Rest) => Response | Promise<Response>,
    subject?: Subject<Req>,
  ): (request: Req, ...rest: Rest) => Promise<Response>
}

/** Connects a Next.js app, or any other that maps a Request to a Response. Throws a TypeError when the portal's address is not one. */
export function connectFix402<Req extends Request = Request>(options: GateOptions<Req>): NextFix402<Req> {
  const gate = createGate(options)
  return {
    fix402: gate.fix402,
    proxy:
      (subject = {}) =>
      (request) =>
        gate.requirePaid(request, request, subject),
    routes: (request) => gate.answerOwn(request, request),
    withPaid:
      (handler, subject = {}) =>
      async (request, ...rest) =>
        (await gate.requirePaid(request, request, subject)) ?? handler(request, ...rest),
  }
}
