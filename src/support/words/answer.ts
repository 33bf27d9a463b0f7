/** What the page of one account says. */
export const answerWords = {
  title: (account: string, merchant: string) => `${account} · ${merchant} support desk`,
  timeline: 'Timeline',
  loading: 'Looking at the account…',
  verdicts: { clear: 'Served', blocked: 'Refused', unchecked: 'Could not be checked' },
} as const
