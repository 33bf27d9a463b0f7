import type { ActRefusal, DeskActs, DeskDone } from '#contract/desk-acts.ts'

/** What the acts of staff are called, what they do to the customer, and what came of them. */
export const actWords = {
  title: 'What you can do',
  loading: 'Looking at what can be done…',
  grace: 'Give more time',
  graceChange: 'Change the time given',
  goodwill: 'Give credit',
  reRead: 'Read anew from Stripe',
  revoke: 'Sign people out',
  note: 'Write a note',
  hold: 'Put on hold',
  holdChange: 'Change the hold’s words',
  lift: 'Lift support’s hold',
  notes: 'Notes',
  notesWhy: 'Read by staff only.',
  cancel: 'Cancel',
  done: 'Done',
  doing: 'One moment…',
  reason: 'Reason',
  reasonHint: 'The customer can read this on their privacy page, with your name.',
  reasonMissing: 'Say why, in three letters at least.',
  forAccount: (label: string, app: string) => `${label}, in ${app}`,
} as const

export const standsWords = {
  grace: (day: string) => `Support gave them time until the end of ${day}.`,
  staffHold: (since: string) => `On hold by support since ${since}.`,
  appHold: (since: string) => `On hold by the app since ${since}. Only the app lifts it.`,
  reads: (note: string) => `The customer reads: “${note}”`,
  gift: (what: string, day: string) => `${what} given on ${day}`,
  giftUnknown: (what: string, day: string) =>
    `${what} asked of Stripe on ${day}; whether it was given is not known yet. It is found out by itself and never given twice.`,
  giftRefused: (what: string, day: string) => `${what} of ${day} was not given: Stripe refused it.`,
  credits: (count: string) => `${count} credits`,
} as const

export const graceWords = {
  until: 'Until the end of',
  hint: (latest: string) => `At most until ${latest}. Days are in UTC, as Stripe bills.`,
  stopped: (label: string) => `${label} is served again at once, until then or until the debt is paid.`,
  running: (label: string, ends: string) =>
    `${label} is served until then, or until the debt is paid, instead of until ${ends}.`,
  rest: 'They read the day on their overview and where they can pay. The app is told. What they owe stays owed, and nothing changes at Stripe.',
  missing: 'Choose a day.',
  give: 'Give this time',
  takeBack: 'Take the time back',
  takesBack: (label: string) => `The merchant’s own grace decides again, at once. ${label} may be refused from now on.`,
} as const

export const goodwillWords = {
  kind: 'What to give',
  credits: 'Credits',
  money: 'Money off their next invoices',
  left: (left: string, most: string) => `${left} of ${most} are left for this account within 30 days.`,
  howMany: 'How many credits',
  howMuch: (currency: string) => `Amount in ${currency}`,
  meansCredits: (label: string) => `${label} has them at once, and sees them on its usage page.`,
  meansMoney: (label: string) =>
    `It comes off the next invoices of ${label}, which sees it beside its next charge. It pays no invoice that is open already, and nothing is paid out.`,
  give: (what: string) => `Give ${what}`,
  giveNothing: 'Give',
  wrong: 'Enter a number above zero.',
} as const

export const reReadWords = {
  means:
    'Stripe is asked now, whatever it has told us or failed to tell. Nothing is changed there. What is new is true here at once, and the app is told.',
  go: 'Read now',
  same: 'Nothing has changed since the last reading.',
  changed: 'What is otherwise now:',
  first: 'It was read for the first time.',
} as const

export const revokeWords = {
  who: 'Whom',
  everybody: 'Everybody, guests too',
  guests: 'All guests',
  sessions: (count: number) => (count === 1 ? 'signed in once' : `signed in ${count} times`),
  guestsDetail: (guests: number, links: number) =>
    `${guests === 1 ? '1 guest is' : `${guests} guests are`} in, ${links === 1 ? '1 link still opens' : `${links} links still open`}`,
  means: (label: string) =>
    `They are signed out of the portal at once and can come back by the app or by their e-mail address. ${label} is still served.`,
  meansLinks: 'Payment links that still open are revoked too; whoever needs one asks for a new one.',
  go: 'Sign out',
} as const

export const noteWords = {
  write: 'Write a note on this',
  writeOn: (title: string) => `Write a note on this: ${title}`,
  about: 'About',
  text: 'Note',
  hint: 'Only staff read it. It goes when the account is erased.',
  means: 'Nothing changes for the customer. They read that a note was written and why, not what it says.',
  missing: 'Write something.',
  go: 'Keep the note',
  rewrite: 'Write anew',
  rewriteMeans: 'The note as it was stays readable below, closed.',
  close: 'Close',
  closeTitle: 'Close a note',
  closeMeans: 'It stays readable below, closed. Nothing changes for the customer.',
  closeGo: 'Close the note',
  by: (staff: string, moment: string) => `${staff}, ${moment}`,
  closed: (staff: string, moment: string) => `Closed by ${staff}, ${moment}`,
  replaced: (staff: string, moment: string) => `Written anew by ${staff}, ${moment}`,
  older: (count: number) => (count === 1 ? '1 closed note' : `${count} closed notes`),
  invoice: (number: string) => `Invoice ${number}`,
} as const

export const holdWords = {
  note: 'What the customer reads',
  optional: '(optional)',
  noteHint: 'Stands where they would work, beside how to reach you.',
  means: (label: string) =>
    `${label} is refused everything at once and is led to you; nothing that they do lifts it. The app is told. Stripe goes on billing. It stays until support lifts it, whatever the app says.`,
  go: 'Put on hold',
  change: 'Change the words',
  liftMeans: (label: string) => `${label} is served again, unless something else is wrong. The app is told.`,
  liftStays: 'The app holds this account too: until the app lifts that, it stays refused.',
  liftGo: 'Lift the hold',
} as const

/** What stands in the way, in words; `acts` says within which limits. */
export const refusalWords = {
  'not-past-due': () => 'Nothing is past due any more, so there is nothing to give time for.',
  'too-early': (_, limits) =>
    limits.ends === undefined ? 'That is not later than now.' : `Their own grace runs until ${limits.ends} anyway.`,
  'too-late': (_, limits) => `No later than ${limits.latest}.`,
  'not-granted': () => 'No time is given just now.',
  'not-offered': () => 'The configuration lets nobody give this.',
  'over-cap': () => 'That is more than is left for this account within 30 days.',
  'no-customer': () => 'They have bought nothing at Stripe yet, so there is nothing that money could come off.',
  'other-currency': () => 'They pay in another currency than the one that may be given.',
  'unknown-invoice': () => 'That invoice is not open any more.',
  'closed-already': () => 'Somebody has closed or rewritten it meanwhile.',
  'not-held': () => 'Support’s hold was lifted already.',
} as const satisfies Record<ActRefusal, (acts: DeskActs, limits: Limits) => string>

type Limits = { readonly ends: string | undefined; readonly latest: string }

export const failureWords = {
  'stripe-unreachable': 'Stripe does not answer, so nothing was done. Try again in a minute.',
  'in-progress': 'The same is being done just now. Try again in a moment.',
  'key-reused': 'This was sent before with other values. Close this and look at what stands before you begin anew.',
  'not-allowed': 'Your role does not allow this any more.',
  'no-session': 'You were signed out. Sign in again; what you wrote here is not kept.',
  unsure: 'No answer came. Press once more: it is done once at most.',
  other: 'That did not work. Press once more: it is done once at most.',
} as const

const served = (access: boolean, live: boolean) =>
  live
    ? access
      ? 'They are served now. The app is told.'
      : 'They are refused now. The app is told.'
    : 'Stripe does not answer just now; the app is told with the next reading.'

/** What came of an act, in one or two sentences. */
export function outcomeOf(done: DeskDone, day: (instant: number) => string): string {
  switch (done.deed) {
    case 'extend-grace':
      return `${done.until === null ? 'The time is taken back.' : `They have until the end of ${day(done.until)}.`} ${served(done.access, done.live)}`
    case 'goodwill':
      return giftOutcomes[done.state]
    case 're-read':
      return done.access ? 'Stripe answered. They are served.' : 'Stripe answered. They are refused.'
    case 'revoke-sessions':
      return `${done.sessions === 1 ? 'One session is' : `${done.sessions} sessions are`} over${done.links > 0 ? `, and ${done.links === 1 ? 'one link opens' : `${done.links} links open`} no more` : ''}.`
    case 'note':
      return 'Kept.'
    case 'hold':
      return `${done.held ? 'Support holds the account.' : 'Support’s hold is lifted.'} ${served(done.access, done.live)}`
  }
}

const giftOutcomes = {
  given: 'It is given.',
  unknown:
    'Stripe did not answer in time, so it is not known whether it was given. That is found out by itself and shown here; it is never given twice.',
  refused: 'Stripe refused it. Nothing was given.',
} as const

export const changeWords = {
  access: (after: boolean) =>
    after ? 'They are served; before, they were refused.' : 'They are refused; before, they were served.',
  blockers: (before: string, after: string) => `What blocks: ${before} → ${after}`,
  nothing: 'nothing',
  customer: (before: string, after: string) => `Customer at Stripe: ${before} → ${after}`,
  subscription: (plan: string, before: string, after: string) => `${plan}: ${before} → ${after}`,
  unknownBefore: 'not there',
  gone: 'gone',
  invoiceOpened: (invoice: string, amount: string) => `Invoice ${invoice} is open, with ${amount} to pay`,
  invoiceClosed: (invoice: string, amount: string) => `Invoice ${invoice} of ${amount} is not open any more`,
  invoiceChanged: (invoice: string, before: string, after: string) => `Invoice ${invoice}: ${before} → ${after} to pay`,
  method: (before: string, after: string) => `Charged by default: ${before} → ${after}`,
  noMethod: 'nothing',
} as const
