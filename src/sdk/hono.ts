import type { Fix402 } from './fix402.ts'
import { createGate, type GateOptions, type Subject } from './gate.ts'

/** As much of a Hono context as is needed; Hono's own fits. */
export type HonoContext = { readonly req: { readonly raw: Request } }

export type Middleware<Context> = (context: Context, next: () => Promise<void>) => Promise<Response | undefined>

export type HonoFix402<Context> = {
  /** The SDK itself, for what a middleware cannot do. */
  readonly fix402: Fix402
  /** Answers `/_billing/*` and people who come back. `app.use` it once, after the session and before what is paid for. */
  readonly routes: Middleware<Context>
  /** Lets through who may be served; refuses the others. Does what `routes` does, too. */
  requirePaid(subject?: Subject<Context>): Middleware<Context>
}

/** Connects a Hono app. Throws a TypeError when the portal's address is not one. */
export function connectFix402<Context extends HonoContext = HonoContext>(
  options: GateOptions<Context>,
): HonoFix402<Context> {
  const gate = createGate(options)
  const through =
    (answer: (request: Request, input: Context) => Promise<Response | undefined>): Middleware<Context> =>
    async (context, next) => {
      const said = await answer(context.req.raw, context)
      if (!said) await next()
      return said
    }
  return {
    fix402: gate.fix402,
    routes: through((request, input) => gate.answerOwn(request, input)),
    requirePaid: (subject = {}) => through((request, input) => gate.requirePaid(request, input, subject)),
  }
}
