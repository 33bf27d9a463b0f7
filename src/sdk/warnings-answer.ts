import { checkOf, type Decision } from './decision.ts'
import type { Refusal, Warning } from './wire.ts'

/** What a banner draws. Where all is well, and for visitors, there is nothing in it. */
export type BillingNews = {
  readonly warnings: readonly Warning[]
  /** What the account is refused with, where it is. */
  readonly problem?: Refusal
}

/** `GET /_billing/warnings`: what this person's account should know of, with links that let them in at once. */
export function warningsAnswer(decision: Decision | undefined, request: Request, origin: string | undefined): Response {
  const address = new URL('/_billing/fix', origin ?? request.url)
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', vary: 'Cookie, Origin' }
  return new Response(JSON.stringify(newsOf(decision, address)), { headers })
}

function newsOf(decision: Decision | undefined, address: URL): BillingNews {
  if (!decision || decision.source === 'unavailable') return { warnings: [] }
  if (decision.allowed) return { warnings: decision.warnings.map((warning) => withLink(warning, address)) }
  const { problem } = decision
  const check = checkOf(decision)
  const url = check === undefined ? address.href : `${address.href}/${check}`
  return { warnings: [], problem: { ...problem, fix: { ...problem.fix, app_url: url } } }
}

function withLink(warning: Warning, address: URL): Warning {
  const { label = 'Fix it now', ...fix } = warning.fix ?? {}
  return { ...warning, fix: { ...fix, label, url: `${address.href}?reason=${encodeURIComponent(warning.reason)}` } }
}
