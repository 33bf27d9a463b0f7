import { DeskError } from '#support/api/http.ts'

/** What is said when a mask is lifted and when a link goes out. */
export const linkWords = {
  show: 'Show',
  showOf: (masked: string) => `Show what is behind ${masked}`,
  showTitle: 'Show one detail',
  showWhy:
    'It is shown to you until you leave this page. Who looked, and why, is written down; the customer can read it.',
  showGo: 'Show it',
  reason: 'Reason',
  reasonHint: 'Ticket, or a few words. The customer may read it.',
  reasonMissing: 'Say why, in three characters or more.',
  cancel: 'Cancel',
  close: 'Close',
  mail: 'E-mail the link',
  mailTo: (name: string) => `E-mail the link to ${name}`,
  hand: 'Hand over the link',
  handTo: (name: string) => `Hand the link over to ${name}`,
  sendWhy: (screen: string) => `It leads to “${screen}” and opens nothing by itself: they sign in as they always do.`,
  mailGo: 'Send the e-mail',
  handGo: 'Show the link',
  mailed: (name: string) => `A letter to ${name} is on its way`,
  mailedWhy: 'It carries this link. Whether it was taken stands beside their name.',
  handed: (name: string) => `The link for ${name}`,
  handedWhy: 'Send it through your own chat or ticket.',
  copyLink: 'Copy link',
  copied: 'Copied',
  copyRefused: 'The browser did not let it be copied. Select it here:',
} as const

const refusals: Readonly<Record<string, string>> = {
  'not-allowed': 'Your role does not allow this.',
  'too-many': 'You have reached this hour’s cap for this.',
  'stale-link': 'Nothing is wrong any more: there is nothing to mend.',
  'in-progress': 'The same letter has just been written to them.',
  'invalid-request': 'No letter can reach them.',
  'not-found': 'It is not there any more.',
  'no-session': 'You were signed out. Load the page again.',
  'stripe-unreachable': 'Stripe does not answer. Try again in a minute.',
}

export function whyRefused(error: Error): string {
  const code = error instanceof DeskError ? error.problem?.code : undefined
  return refusals[code ?? ''] ?? 'It did not work. Try it once more.'
}
