import type { Outcome } from '#sdk/poll.ts'
import type { Refusal } from './refusal.ts'

/** Who can lift it. What a newer portal says besides is read as the usual case. */
const whoCan: Readonly<Record<string, string>> = {
  payer: 'The person who pays has to confirm it.',
  billing_admin: 'Somebody who manages billing for this account can settle it.',
  vendor: 'The provider has to settle it; there is nothing to pay.',
  nobody: 'Nobody has to do anything: it passes by itself.',
  developer: 'The program that asked has to be corrected; there is nothing to pay.',
}

const whenAgain: Readonly<Record<string, (refusal: Refusal) => string>> = {
  after_fix: () => 'Until then every further request is refused too.',
  after_reset: ({ resetsAt }) =>
    resetsAt === undefined ? 'It works again later.' : `It works again from ${resetsAt}.`,
  poll: () => 'It can be looked at again in a while.',
  smaller_request: ({ remaining }) =>
    remaining === undefined
      ? 'A smaller request is served at once.'
      : `A request of up to ${remaining} is served at once.`,
  never: () => 'The same request will not be served.',
}

export function whoLine({ who }: Refusal): string {
  return whoCan[who] ?? 'Somebody who manages billing for this account can settle it.'
}

export function againLine(refusal: Refusal): string {
  return whenAgain[refusal.retry]?.(refusal) ?? 'Until then every further request is refused too.'
}

/** `title – detail`, after the status, so that a stranger's text never begins a line of a build log. */
export function headLine({ status, title, detail }: Refusal): string {
  return detail === undefined ? `${status} ${title}` : `${status} ${title} – ${detail}`
}

export function openLine({ link, code }: Refusal): string {
  if (!link) return 'The refusal names an address that is not safe to open; it is not shown.'
  return code === undefined ? `Open ${link.href}` : `Open ${link.href}  (code ${code})`
}

/** All of it in one paragraph, for whoever reads JSON: a person has to act, and where. */
export function message(refusal: Refusal): string {
  return `${headLine(refusal)}. ${whoLine(refusal)} ${openLine(refusal)}. ${againLine(refusal)}`
}

export const seenStates: Readonly<Record<string, string>> = {
  seen: 'Somebody has opened the link.',
  pending: 'A payment is on its way.',
}

export const outcomes = {
  resolved: 'Settled. Repeat the refused request, with the same Idempotency-Key if it had one.',
  expired: 'This refusal has expired. Repeat the request; if it is still refused, it comes with a new link.',
  cancelled: 'This was called off. Repeat the request; if it is still refused, it comes with a new link.',
  unknown: 'The portal does not know this refusal. Repeat the request.',
  timeout: 'Nothing has changed so far.',
  aborted: 'No longer waiting. The link stays good.',
} as const satisfies Record<Outcome, string>
