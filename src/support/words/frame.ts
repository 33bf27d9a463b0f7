import type { SignInTrouble, StaffRole } from '#contract/staff.ts'

export const frameWords = {
  title: (merchant: string) => `${merchant} support desk`,
  desk: 'Support desk',
  signIn: 'Sign in',
  signInWhy: 'The desk is for support staff. Your company’s sign-in says who you are.',
  signOut: 'Sign out',
  over: 'You were signed out',
  overWhy:
    'Fifteen minutes without a request, or an hour at work, end a session here. Sign in again and you are back where you were.',
  sandbox: 'Sandbox',
  insight: 'Insight',
  audit: 'Audit',
  home: 'Search',
  loading: 'Loading…',
  failed: 'That could not be loaded',
  offline: 'The desk got no answer. Look at your connection and try once more.',
  notAllowed: 'Your role does not allow this.',
  missing: 'There is nothing here. What you look for may belong to another app, or never existed.',
  tooMany:
    'You have reached this hour’s cap for looking things up. It is there so that nobody can read through all customers.',
  again: 'Try again',
} as const

export const troubleWords = {
  'provider-down': 'The sign-in service does not answer. Try again in a minute.',
  refused: 'The sign-in was refused. Try again; if it stays so, ask whoever runs the desk.',
  'not-staff': 'You are signed in, but in none of the groups that may use the desk. Ask whoever runs it for a role.',
  'too-late': 'That sign-in took too long, or was used already. Begin again.',
} as const satisfies Record<SignInTrouble, string>

export const roleWords = {
  viewer: 'Viewer',
  agent: 'Agent',
  operator: 'Operator',
  admin: 'Admin',
} as const satisfies Record<StaffRole, string>
