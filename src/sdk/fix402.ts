import { createAsker, type Asker } from './ask.ts'
import { isPreflight, withCors } from './cors.ts'
import { checkOf, type Decision, type Question, type Refused } from './decision.ts'
import { createSigner, type Signer } from './jws.ts'
import { isWaiting, loopCookie, readLoop, type Loop, type Result } from './loop.ts'
import {
  offerPayment,
  paymentOf,
  refuseMalformed,
  type MachinePayment,
  type PaymentTerms,
  type X402Offer,
} from './machine-payment.ts'
import { isNavigation, wayBack } from './navigation.ts'
import { refuseNavigation, refuseProgram, refuseUnchecked } from './refuse.ts'
import { readReturnLink, receiptIsGenuine, stateMatches, withoutReturn } from './return-link.ts'
import { ticketLink, type Passenger } from './ticket.ts'

export type { Decision, MachinePayment, Passenger, Question, X402Offer }
export type { Refusal, Warning } from './wire.ts'

export type Fix402Options = {
  /** The portal's origin. */
  readonly portal: string
  readonly appId: string
  /** The app's secret key. */
  readonly key: string
  /** What to do when the portal does not answer and nothing is known. A billing outage should not become yours. */
  readonly onUnavailable?: 'allow' | 'refuse'
  /** The app's own public origin, when requests reach it under another one (behind a proxy). */
  readonly origin?: string
  /** Who is signed in, by the app's own cookie. With it, `fixRoute` lets single-page apps send people to the portal. */
  readonly who?: (request: Request) => Promise<Passenger | undefined> | Passenger | undefined
  /** Origins of single-page apps that call this one from elsewhere: they may read refusals, and are ways back. */
  readonly cors?: readonly string[]
  /** Milliseconds to wait for an ordinary check; a fresh one may take three seconds. */
  readonly timeout?: number
  /** Told why the portal could not be asked. Unless given, each new message is written to the console once. */
  readonly onError?: (error: Error) => void
  readonly fetch?: typeof globalThis.fetch
  /** Unix milliseconds, as `Date.now`. */
  readonly now?: () => number
}

export type TakeBackQuestion = Pick<Question, 'account' | 'actor' | 'feature' | 'meter' | 'quantity' | 'apiKey'> & {
  /** The state that this person's session gave away. */
  readonly expectedState?: string | undefined
}

export type PaidQuestion = Omit<Question, 'client'> & PaymentTerms

export type TakenBack = {
  /** What the portal says came of the visit: a hint, `allowed` is the fact. */
  readonly result: Result
  readonly check: string | undefined
  /** What a fresh check says now. */
  readonly allowed: boolean
  /** Undefined when no state was expected. */
  readonly stateMatches: boolean | undefined
  readonly receiptIsGenuine: boolean
  /** 303 to the clean address; answer with it. */
  readonly response: Response
}

export type Fix402 = {
  /** Asks whether an account may be served. Never throws, never makes up a refusal. */
  check(question: Question): Promise<Decision>
  /** Undefined: serve. Otherwise the refusal, ready to be answered: a redirect for people, problem+json for programs. */
  requirePaid(request: Request, question: PaidQuestion): Promise<Response | undefined>
  /** A link into the portal for a signed-in person, for a button of the app's own. Works once, for five minutes. */
  ticket(passenger: Passenger): Promise<string>
  /** Answers `GET /_billing/fix` and `/_billing/fix/{check}`; undefined for every other request. */
  fixRoute(request: Request): Promise<Response | undefined>
  /** Receives a person who comes back from the portal; undefined when nobody does. */
  takeBack(request: Request, question: TakeBackQuestion): Promise<TakenBack | undefined>
  cleanUrl(url: string): string
  /** Drops what is remembered of an account: call it when the portal's webhook speaks of it. */
  forget(account: string): void
}

const FIX_ROUTE = '/_billing/fix'

/** Everything an app needs to answer 402 well. Throws a TypeError when the portal's address is not one. */
export function createFix402(options: Fix402Options): Fix402 {
  const { appId, who, cors = [] } = options
  const portal = new URL(options.portal)
  const now = options.now ?? Date.now
  const onError = options.onError ?? warnOnce()
  let signer: Promise<Signer> | undefined
  // Made with the first request: some workers do nothing asynchronous before.
  const signing = () => (signer ??= createSigner(options.key))
  const asker: Asker = createAsker({
    portal,
    key: options.key,
    onUnavailable: options.onUnavailable ?? 'allow',
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    now,
    timeout: options.timeout ?? 300,
    onError,
  })

  function publicUrl(request: Request): URL {
    const url = new URL(request.url)
    return options.origin === undefined ? url : new URL(`${url.pathname}${url.search}`, options.origin)
  }

  async function ticket(passenger: Passenger): Promise<string> {
    return ticketLink(passenger, { appId, portal, signer: await signing(), now: now() })
  }

  async function requirePaid(request: Request, asked: PaidQuestion): Promise<Response | undefined> {
    // Refused, the page could not even read why.
    if (isPreflight(request)) return undefined
    const payment = await paymentOf(request, asked, onError)
    if (payment === 'valid') return undefined
    const refusal = payment === 'malformed' ? refuseMalformed() : await refusalOf(request, asked)
    return refusal && withCors(request, refusal, cors)
  }

  async function refusalOf(request: Request, asked: PaidQuestion): Promise<Response | undefined> {
    const url = withoutReturn(publicUrl(request))
    const navigation = isNavigation(request)
    const question: Question = {
      ...asked,
      returnTo: asked.returnTo ?? wayBack(request, url, cors),
      client: navigation ? 'browser' : 'program',
      // Someone who waits for us to notice must not be shown what we remember.
      fresh: asked.fresh ?? (navigation && isWaiting(readLoop(request), Math.floor(now() / 1_000))),
    }
    const decision = await asker.ask(question)
    if (decision.allowed) return undefined
    if (decision.source === 'unavailable') {
      return navigation ? refuseUnchecked(request, url, decision) : refuseProgram(request, decision, undefined)
    }
    const appUrl = appUrlOf(decision, url)
    if (!navigation) {
      return refuseProgram(request, decision, appUrl, (answer) =>
        offerPayment(answer, decision.problem, asked, onError),
      )
    }
    const location = await locationFor(decision, question)
    const link = appUrl ?? decision.problem.fix.url
    return refuseNavigation({ request, url, question, decision, location, link, now: Math.floor(now() / 1_000) })
  }

  /** Our own address that mints the ticket when it is opened, so that the body itself holds none. */
  function appUrlOf(decision: Refused, url: URL): string | undefined {
    const check = checkOf(decision)
    return who && check !== undefined ? new URL(`${FIX_ROUTE}/${check}`, url).href : undefined
  }

  /** A ticket works once: only an answer that nobody else has seen may be used with the one in it. */
  async function locationFor(decision: Refused, { account, actor, returnTo, state, reason }: Question) {
    const { location } = decision
    if (decision.source === 'portal' && location !== undefined) return location
    if (actor === undefined) return location ?? decision.problem.fix.url
    return ticket({ account, actor, check: checkOf(decision), reason, returnTo, state })
  }

  async function fixRoute(request: Request): Promise<Response | undefined> {
    const url = publicUrl(request)
    const match = /^\/_billing\/fix(?:\/(chk_[\w-]{22}))?$/.exec(url.pathname)
    if (!who || !match || request.method !== 'GET') return undefined
    const check = match[1]
    const reason = url.searchParams.get('reason')?.slice(0, 100)
    const passenger = await who(request)
    const clicked = ownPage(request.headers.get('referer'), url)
    const returnTo = ownPage(url.searchParams.get('return_to'), url) ?? clicked ?? passenger?.returnTo
    const location = passenger
      ? await ticket({ ...passenger, check, reason, returnTo: returnTo && new URL(returnTo, url).href })
      : fixAddress({ app: appId, check, reason })
    const headers = { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }
    return new Response(null, { status: 303, headers })
  }

  /** Undefined unless it is on an origin of the app's own. */
  function ownPage(wanted: string | null, url: URL): string | undefined {
    if (wanted === null || !URL.canParse(wanted, url.href)) return undefined
    const { origin, href } = new URL(wanted, url)
    return origin === url.origin || cors.includes(origin) ? href : undefined
  }

  /** For those whom the app does not know: the portal asks who they are. */
  function fixAddress(hints: Readonly<Record<string, string | undefined>>): string {
    const address = new URL('/fix', portal)
    for (const [name, value] of Object.entries(hints)) if (value !== undefined) address.searchParams.set(name, value)
    return address.href
  }

  async function takeBack(request: Request, question: TakeBackQuestion): Promise<TakenBack | undefined> {
    const url = publicUrl(request)
    const link = readReturnLink(url)
    if (!link) return undefined
    const { expectedState, ...subject } = question
    const seconds = Math.floor(now() / 1_000)
    const expected = { account: question.account, appId, portal, signer: await signing(), now: seconds }
    asker.forget(question.account)
    const [decision, matches, genuine] = await Promise.all([
      asker.ask({ ...subject, fresh: true }),
      stateMatches(link, expectedState),
      receiptIsGenuine(link, expected),
    ])
    const sent = readLoop(request)
    const loop: Loop = {
      ...(sent?.account === question.account ? sent : { account: question.account }),
      returned: { at: seconds, result: link.result },
      shown: 0,
    }
    return {
      result: link.result,
      check: link.check,
      allowed: decision.allowed,
      stateMatches: matches,
      receiptIsGenuine: genuine,
      response: new Response(null, {
        status: 303,
        headers: {
          location: withoutReturn(url).href,
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'set-cookie': loopCookie(loop, url.protocol === 'https:'),
        },
      }),
    }
  }

  return {
    check: (question) => asker.ask(question),
    requirePaid,
    ticket,
    fixRoute,
    takeBack,
    cleanUrl: (url) => withoutReturn(new URL(url)).href,
    forget: (account) => asker.forget(account),
  }
}

/** A wrong key lets everybody in, because checks fail open: that must not go unseen where nobody listens. */
function warnOnce(): (error: Error) => void {
  const seen = new Set<string>()
  return ({ message }) => {
    if (seen.size > 50 || seen.has(message)) return
    seen.add(message)
    // oxlint-disable-next-line no-console
    console.warn(`fix402: ${message}`)
  }
}
