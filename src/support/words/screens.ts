import type { Screen } from '#contract/desk-answer.ts'
import { fixLabels } from '#diagnosis/fix-labels.ts'

/** What the portal's screens are called at the desk: those of a fix as the refusal calls them. */
export const screenWords = {
  ...fixLabels,
  'ask-admin': 'Ask somebody who can pay',
  'all-clear': 'All clear, back to the app',
  'app-not-updated': 'The app has not noticed yet',
} as const satisfies Record<Screen, string>
