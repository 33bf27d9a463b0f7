import { toBase64Url } from './base64url.ts'
import { cookieOf, readCookie } from './cookie.ts'
import { withCors } from './cors.ts'
import { createFix402, type Fix402, type Fix402Options, type PaidQuestion, type TakenBack } from './fix402.ts'
import type { MachinePayment } from './machine-payment.ts'
import { isNavigation } from './navigation.ts'
import { receiveWebhook } from './receive-webhook.ts'
import type { Passenger } from './ticket.ts'
import { warningsAnswer } from './warnings-answer.ts'
import type { WebhookEvent } from './webhooks.ts'

type Told<T> = T | undefined | Promise<T | undefined>
/** Said once, or read from each request. */
type Said<Input, T> = T | ((input: Input) => Told<T>)

/** `Input` is what the framework calls a request. */
export type GateOptions<Input> = Omit<Fix402Options, 'who'> & {
  /** The paying account of who is signed in, by the app's own id. Undefined: a visitor, who is passed on. */
  readonly account: (input: Input) => Told<string>
  /** The member who is signed in; without it people have to sign in at the portal. */
  readonly actor?: (input: Input) => Told<string>
  /** Only needed when the portal has not been told of its members. */
  readonly role?: (input: Input) => Told<NonNullable<Passenger['role']>>
  /**
   * What is never refused: a path with everything below it, or a pattern. Instead of the usual addresses for signing out
   * and changing accounts; `/_billing` is always among them.
   */
  readonly exempt?: readonly (string | RegExp)[]
  /** Told of each genuine event, after what was remembered of its account has been dropped. May come twice. */
  readonly onEvent?: (event: WebhookEvent) => unknown
  /** Told of who comes back from the portal, before they are sent on to the clean address. */
  readonly onReturn?: (taken: TakenBack, input: Input) => unknown
}

/** What is asked for. */
export type Subject<Input> = {
  readonly [Name in 'feature' | 'meter' | 'apiKey' | 'reason' | 'returnTo']?: Said<Input, string>
} & { readonly [Name in 'quantity' | 'retryAfter']?: Said<Input, number> } & {
  /** `visitor`: the refusal tells nothing about the account, for pages that others may open. */
  readonly audience?: Said<Input, 'account' | 'visitor'>
  readonly machinePayment?: Said<Input, MachinePayment>
  readonly unpayableStatus?: 403
}

export type Gate<Input> = {
  readonly fix402: Fix402
  /** Answers the SDK's own addresses below `/_billing` and people who come back; undefined for all others. */
  answerOwn(request: Request, input: Input): Promise<Response | undefined>
  /** The same, and then the refusal where there is one; undefined: serve. */
  requirePaid(request: Request, input: Input, subject: Subject<Input>): Promise<Response | undefined>
}

/** Where people leave by, whatever they owe. */
const ways = ['/logout', '/log-out', '/signout', '/sign-out', '/switch-account', '/accounts/switch']
const OWN = '/_billing'
const STATE = 'fix402_state'
/** Seconds: whoever asks an admin comes back a day later. */
const STATE_LIFETIME = 86_400

/** The SDK as a framework's adapter needs it. Throws a TypeError when the portal's address is not one. */
export function createGate<Input>(options: GateOptions<Input>): Gate<Input> {
  const { key, now, cors = [], exempt = ways, onEvent, onReturn } = options
  const people = new WeakMap<Request, Passenger>()
  const fix402 = createFix402({ ...options, who: (request) => people.get(request) })
  const isSecure = (request: Request) => (options.origin ?? request.url).startsWith('https:')

  async function personOf(input: Input): Promise<{ account: string; actor?: string | undefined } | undefined> {
    const account = await options.account(input)
    return account === undefined ? undefined : { account, actor: await options.actor?.(input) }
  }

  async function answerOwn(request: Request, input: Input): Promise<Response | undefined> {
    const { pathname } = new URL(request.url)
    const { method } = request
    if (!isBelow(pathname, OWN)) return takeBack(request, input)
    if (pathname === `${OWN}/webhook` && method === 'POST') {
      return receiveWebhook(request, { key, now, onEvent, forget: (account) => fix402.forget(account) })
    }
    if (pathname === `${OWN}/warnings` && (method === 'GET' || method === 'HEAD')) {
      const person = await personOf(input)
      const decision = person && (await fix402.check(person))
      return withCors(request, warningsAnswer(decision, request, options.origin), cors)
    }
    return openFix(request, input)
  }

  async function openFix(request: Request, input: Input): Promise<Response | undefined> {
    const { account, actor } = (await personOf(input)) ?? {}
    const state = readCookie(request, STATE) ?? newState()
    if (account !== undefined && actor !== undefined) {
      people.set(request, { account, actor, role: await options.role?.(input), state })
    }
    return remember(state, request, await fix402.fixRoute(request))
  }

  /** Known by a cookie of this browser: whoever was sent a link with somebody else's state is found out. */
  async function takeBack(request: Request, input: Input): Promise<Response | undefined> {
    if (request.method !== 'GET' || fix402.cleanUrl(request.url) === request.url) return undefined
    const person = await personOf(input)
    if (!person) return undefined
    const taken = await fix402.takeBack(request, { ...person, expectedState: readCookie(request, STATE) })
    if (taken) await onReturn?.(taken, input)
    return taken?.response
  }

  async function requirePaid(request: Request, input: Input, subject: Subject<Input>) {
    const own = await answerOwn(request, input)
    if (own) return own
    const { pathname } = new URL(request.url)
    if (isBelow(pathname, OWN) || exempt.some((way) => isExempt(pathname, way))) return undefined
    const person = await personOf(input)
    if (!person) return undefined
    const asked = { ...person, ...(await say(subject, input)) }
    if (!isNavigation(request)) return fix402.requirePaid(request, asked)
    // One state for all tabs of a browser: whichever comes back last is still expected.
    const state = readCookie(request, STATE) ?? newState()
    return remember(state, request, await fix402.requirePaid(request, { ...asked, state }))
  }

  function remember(state: string, request: Request, response: Response | undefined): Response | undefined {
    if (response?.status !== 303) return response
    const cookie = { name: STATE, value: state, seconds: STATE_LIFETIME, secure: isSecure(request) }
    response.headers.append('set-cookie', cookieOf(cookie))
    return response
  }

  return { fix402, answerOwn, requirePaid }
}

/** What of the question each request says by itself. */
async function say<Input>(subject: Subject<Input>, input: Input): Promise<Omit<PaidQuestion, 'account'>> {
  const said = Object.entries(subject).map(async ([name, value]) => [
    name,
    typeof value === 'function' ? await value(input) : value,
  ])
  return Object.fromEntries(await Promise.all(said)) as Omit<PaidQuestion, 'account'>
}

function isExempt(path: string, way: string | RegExp): boolean {
  return typeof way === 'string' ? isBelow(path, way) : way.test(path)
}

function isBelow(path: string, top: string): boolean {
  return path === top || path.startsWith(top.endsWith('/') ? top : `${top}/`)
}

function newState(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(16)))
}
