import type { Next, Pending, TeamMember } from '#contract/desk-answer.ts'
import type { Role } from '#contract/account.ts'
import type { Who } from '#diagnosis/reason.ts'

/** What the page of one account says. */
export const answerWords = {
  title: (account: string, merchant: string) => `${account} · ${merchant} support desk`,
  timeline: 'Timeline',
  loading: 'Looking at the account…',
  verdicts: { clear: 'Served', blocked: 'Refused', unchecked: 'Could not be checked' },
  clearWhy: 'Nothing stops this account now.',
  uncheckedWhy:
    'Neither Stripe nor an older reading says how the account stands. It is served meanwhile; that is not all clear.',
  forRequest: 'For the refused request below.',
  forAccount: 'For the account as such: no request was refused in the last seven days.',
  live: (moment: string) => `Read from Stripe ${moment}.`,
  ours: (moment: string) => `Read ${moment}; there is no Stripe customer to ask about.`,
  mirror: 'Stripe does not answer',
  mirrorWhy: (moment: string) => `This is the last reading, of ${moment}. What happened since is not in it.`,
  none: 'Stripe does not answer, and there is no older reading',
  deleted: 'The customer was deleted at Stripe',
  noCustomer: 'No Stripe customer yet',
  noCustomerWhy: 'The app has named none, and nobody has bought anything here.',
  hold: 'On hold',
  holdSince: (moment: string) => `By us, since ${moment}.`,
  pendingTitle: 'Money may be on its way: nobody should pay again',
  pending: (deed: string, phase: string, moment: string) => `${deed}: ${phase}, ${moment}.`,
  copyAnswer: 'Copy answer',
  copied: 'Copied',
  copyRefused: 'The browser did not let it be copied. Select it here:',
  copy: (what: string) => `Copy ${what}`,
  answer: 'Answer',
  why: 'Why',
  rest: 'Then',
  invoice: 'Invoice',
  due: (day: string) => `due ${day}`,
  raw: 'Bank said',
  secret: 'Do not tell the customer this code: say only that the bank refused.',
  retries: (moment: string) => `Stripe tries again ${moment}.`,
  noRetry: 'Stripe does not try again by itself.',
  refused: 'The refused request',
  pinned: 'Check, asked about',
  newest: 'Check, the newest',
  asked: 'Asked for',
  nothingNamed: 'the app as such',
  by: 'By',
  visitor: 'somebody who is none of the account’s people',
  program: 'a program, for the account itself',
  told: 'Was told',
  appSaid: 'The app believed',
  appDecided: 'The app itself refused, and sent them here.',
  rule: 'Refused by',
  ruleOf: (moment: string, live: boolean) => (live ? `on a reading of ${moment}` : `on an older reading, of ${moment}`),
  sameRule: 'The same that stops it now, with the same figures.',
  noRule: 'Figures of that moment were not kept for this refusal.',
  nowServed: 'The same request would be served now.',
  nowRefused: 'The same request would still be refused.',
  nowUnknown: 'Whether it would be served now could not be checked.',
  opened: (moment: string) => `Opened the portal ${moment}.`,
  notOpened: 'Nobody has opened it in the portal.',
  returned: (moment: string) => `Sent back to the app ${moment}.`,
  cancelled: (moment: string) => `The app took it back ${moment}.`,
  sees: 'What they see now',
  seesAs: { owner: 'An owner', refused: 'Who was refused' },
  team: 'Who can mend it',
  teamCannot: 'Nobody in their team: it is for us.',
  teamWaits: 'Nobody needs to: it passes by itself.',
  nobody: 'The app has named nobody of this account.',
  nobodyCan: 'Nobody here may pay. The app has to name an owner or a billing admin.',
  others: (count: string) => `Who cannot: ${count}`,
  notShown: (count: string) => `${count} more are not shown.`,
  unreachable: 'no e-mail known',
  link: 'The link to send',
  linkWhy: 'It opens nothing by itself: whoever follows it shows who they are.',
  leadsTo: (screen: string) => `Leads to “${screen}”.`,
  codeUntil: (moment: string) => `Good until ${moment}.`,
  appTold: 'What the app was told',
  noWebhook: 'The app has no address for webhooks: it only learns by asking.',
  neverTold: 'No webhook was sent: nothing has changed since the app first asked.',
  known: (allowed: boolean, moment: string) =>
    `Noted for the app, limits apart: ${allowed ? 'served' : 'refused'}, as of ${moment}.`,
  states: { queued: 'waiting', sent: 'delivered', dead: 'given up' },
  answered: (status: string) => `answered ${status}`,
  notAnswered: 'no answer',
  tries: (count: string) => `tries: ${count}`,
  nextTry: (moment: string) => `next try ${moment}`,
  next: 'What happens by itself',
  nothingNext: 'Nothing.',
  warnings: 'Coming',
  plans: 'Plans',
  noPlans: 'None.',
  until: (moment: string) => `until ${moment}`,
  planned: (plan: string, moment: string) => `chosen instead: ${plan}, from ${moment}`,
  scheduled: 'a schedule at Stripe decides what comes next',
  duplicates: 'Perhaps the same people',
  moreDuplicates: (count: string) => `${count} more`,
  shares: { customer: 'same Stripe customer', email: 'same e-mail address' },
  more: 'More about the account',
} as const

export const roleNames = {
  owner: 'Owner',
  billing_admin: 'Billing admin',
  member: 'Member',
  viewer: 'Viewer',
} as const satisfies Record<Role, string>

export const whoWords = {
  payer: 'whoever holds the card',
  billing_admin: 'an owner or billing admin',
  vendor: 'only us',
  nobody: 'nobody: it passes by itself',
  developer: 'whoever wrote the calling program',
} as const satisfies Record<Who, string>

export const phaseWords = {
  calling: 'is being done just now',
  confirming: 'waits for the bank’s check',
  unknown: 'its outcome is not known yet',
} as const satisfies Record<Pending['phase'], string>

export const askedWords = {
  sending: 'letter on its way',
  sent: 'letter sent',
  opened: 'link opened',
  lifted: 'asked, and it was mended',
  failed: 'letter could not be delivered',
} as const satisfies Record<NonNullable<TeamMember['asked']>['state'], string>

export const askedBy = { colleague: 'asked by a colleague', support: 'written to by support' } as const

/** From what to what a plan changes. */
export const changeFrom = (of: string, to: string) => `${of} → ${to}`

export const nextWords = {
  retry: 'Stripe tries to collect',
  'grace-ends': 'Grace ends, access stops',
  cancels: 'The subscription ends',
  'trial-ends': 'The trial ends',
  changes: 'A smaller plan begins',
  renews: 'The plan renews',
  'first-payment-expires': 'The first payment can no longer be made',
  'change-expires': 'The unpaid change is dropped',
  resets: 'The limit begins anew',
  passes: 'The block passes',
} as const satisfies Record<Next['what'], string>
