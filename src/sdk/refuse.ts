import { blockedPage, type BlockedPage } from './blocked-page.ts'
import { checkOf, type Question, type Refused, type Unavailable } from './decision.ts'
import { cameBackFrom, loopCookie, nextLook, readLoop, type Loop, type Result } from './loop.ts'
import { isRepeatable } from './navigation.ts'

export type Refusal = {
  readonly request: Request
  /** The request's address as the browser knows it. */
  readonly url: URL
  readonly question: Question
  readonly decision: Refused
  /** Where the portal takes up this refusal, for this person. */
  readonly location: string
  /** A link for pages and bodies: it must not carry a ticket. */
  readonly link: string
  /** Unix seconds. */
  readonly now: number
}

export type ProgramAnswer = { readonly status: number; readonly headers: Headers; readonly body: object }

const VARY = 'Accept, Origin, Sec-Fetch-Mode'

/** For programs, scripts, frames and prefetches: the portal's answer as it is (RFC 9457), with what `complete` adds. */
export function refuseProgram(
  request: Request,
  { status, headers, problem }: Refused | Unavailable,
  appUrl: string | undefined,
  complete: (answer: ProgramAnswer) => ProgramAnswer = (answer) => answer,
): Response {
  const body =
    appUrl !== undefined && 'fix' in problem ? { ...problem, fix: { ...problem.fix, app_url: appUrl } } : problem
  const answer = complete({ status, headers: new Headers(headers), body })
  return new Response(request.method === 'HEAD' ? null : JSON.stringify(answer.body), answer)
}

/**
 * For a browser's navigation: 303, so that a refused form is never posted to the portal (RFC 9110 §15.4.4). Who has just
 * come back from there gets a page instead of another round.
 */
export async function refuseNavigation(refusal: Refusal): Promise<Response> {
  const { request, url, question, decision, location, now } = refusal
  const subject = subjectOf(question)
  const { reason } = decision.problem
  const back = cameBackFrom(readLoop(request), { account: question.account, subject, reason }, now)
  if (back) return comeBack(refusal, back)
  if (new URL(location).host === url.host) return page(refusal, { paragraphs: detailOf(refusal) })
  return new Response(null, {
    status: 303,
    headers: {
      location,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      vary: VARY,
      'set-cookie': loopCookie({ account: question.account, subject, reason, shown: 0 }, isSecure(url)),
    },
  })
}

/** Nobody knows whether to serve: never a 402, never the portal. */
export async function refuseUnchecked(request: Request, url: URL, { status, headers, problem }: Unavailable) {
  const { html, policy } = await blockedPage({
    heading: problem.title,
    paragraphs: [problem.detail ?? ''],
    links: [{ href: url.href, label: 'Try again' }],
    refresh: isRepeatable(request) ? { after: 5, url: url.href } : undefined,
  })
  return htmlResponse(html, status, { ...headers, 'content-security-policy': policy })
}

/** What the person reads who is back and still refused. `waits`: looking again by itself can help. */
const backWords = {
  fixed: { waits: true, text: 'The billing side says it is settled. This app has not noticed yet.' },
  no_blocker: { waits: true, text: 'The billing side finds nothing wrong. This app has not noticed yet.' },
  pending: { waits: true, text: 'The payment is still on its way. There is nothing to pay again.' },
  unchanged: { waits: false, text: 'Nothing has changed so far.' },
  cancelled: { waits: false, text: 'Nothing has changed so far.' },
} as const satisfies Record<Result, { waits: boolean; text: string }>

async function comeBack(refusal: Refusal, loop: Loop & Required<Pick<Loop, 'returned'>>): Promise<Response> {
  const { request, url, question, now } = refusal
  const { waits, text } = backWords[loop.returned.result]
  const after = waits ? nextLook(loop) : undefined
  const again = isRepeatable(request) ? url.href : question.returnTo
  const refresh = after !== undefined && again !== undefined ? { after, url: again } : undefined
  const response = await page(refusal, {
    heading: `Still blocked: ${lowerFirst(refusal.decision.problem.title)}`,
    paragraphs: [text, ...(refresh ? [`This page looks again in ${refresh.after} seconds.`] : detailOf(refusal))],
    refresh,
    again,
  })
  if (refresh) {
    const seen: Loop = { ...loop, returned: { ...loop.returned, at: now }, shown: loop.shown + 1 }
    response.headers.append('set-cookie', loopCookie(seen, isSecure(url)))
  }
  return response
}

async function page(
  { decision, link }: Refusal,
  words: Partial<BlockedPage> & Pick<BlockedPage, 'paragraphs'> & { again?: string | undefined },
): Promise<Response> {
  const { problem, headers } = decision
  const code = checkOf(decision)?.slice(-8)
  const { html, policy } = await blockedPage({
    heading: words.heading ?? problem.title,
    paragraphs: words.paragraphs,
    links: [
      { href: link, label: problem.fix.label },
      ...(words.again === undefined ? [] : [{ href: words.again, label: 'Look again now' }]),
    ],
    refresh: words.refresh,
    foot: [problem.account?.label, code === undefined ? undefined : `support code ${code}`]
      .filter((part) => part !== undefined)
      .join(' · '),
  })
  return htmlResponse(html, decision.status, {
    ...headers,
    'content-security-policy': policy,
    'referrer-policy': 'no-referrer',
  })
}

function htmlResponse(html: string, status: number, headers: Readonly<Record<string, string>>): Response {
  const merged = new Headers(headers)
  merged.set('content-type', 'text/html; charset=utf-8')
  merged.set('cache-control', 'no-store')
  merged.set('vary', VARY)
  return new Response(html, { status, headers: merged })
}

function detailOf({ decision }: Refusal): string[] {
  return decision.problem.detail === undefined ? [] : [decision.problem.detail]
}

function subjectOf({ feature, meter }: Question): string {
  return [feature, meter].filter((part) => part !== undefined).join('/')
}

function isSecure(url: URL): boolean {
  return url.protocol === 'https:'
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1)
}
