import type { Role } from '#contract/account.ts'

/** Words for seeing what a customer sees. */
export const viewAsWords = {
  open: 'See their pages',
  title: (account: string) => `See the pages of ${account}`,
  why: 'You see what they see, and nothing you press does anything. The view lasts half an hour.',
  whose: 'Through whose eyes',
  roles: { owner: 'Owner', billing_admin: 'Billing admin', member: 'Member', viewer: 'Viewer' } satisfies Record<
    Role,
    string
  >,
  reason: 'Reason',
  reasonHint: 'The customer can read it on their privacy page.',
  reasonMissing: 'Say why in a few words: at least three characters.',
  go: 'Look',
  going: 'Opening…',
  cancel: 'Cancel',
  failed: 'The view could not be opened. Try once more.',
  tooMany: 'You have opened as many views as an hour allows.',
} as const
