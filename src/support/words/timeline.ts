import type { EntryOf, TimelineKind } from '#contract/desk-timeline-entry.ts'
import type { DeclineGroup } from '#diagnosis/decline.ts'

export const timelineWords = {
  title: 'Timeline',
  loading: 'Loading what happened…',
  failed: 'The timeline could not be loaded.',
  again: 'Try again',
  empty: 'Nothing has happened here yet. As soon as a request is refused or somebody comes, it is listed.',
  emptyFiltered: 'Nothing of this kind has happened.',
  clear: 'Show everything',
  filters: 'Show only',
  more: 'Show older',
  loadingMore: 'Loading…',
  end: 'That is everything that is kept.',
  news: (count: number) => (count === 1 ? '1 new' : `${count} new`),
  manyNews: 'Many new: load again',
  keys: 'j and k move, Enter opens, Escape closes.',
  quiet: 'No news came lately: the desk gets no answer. What stands here may have gone on.',
  since: (counted: number, more: boolean) => (more ? `${counted}+` : String(counted)),
  copy: 'Copy',
  copied: 'Copied',
  copyRefused: 'Select it and copy',
  times: (count: number) => `× ${count}`,
  today: 'Today',
  yesterday: 'Yesterday',
} as const

export const kindWords = {
  checks: 'Checks',
  visits: 'Visits',
  fixes: 'Fixes',
  payments: 'Payments',
  invoices: 'Invoices',
  subscriptions: 'Subscriptions',
  usage: 'Usage',
  letters: 'Letters',
  links: 'Asks & links',
  'webhooks-in': 'Webhooks in',
  'webhooks-out': 'Webhooks out',
  staff: 'Staff',
} as const satisfies Record<TimelineKind, string>

export const outcomeWords = {
  trying: 'is being tried',
  confirming: 'waits for the bank’s check',
  done: 'worked',
  declined: 'was declined',
  refused: 'was refused; nothing was charged',
  processing: 'is being processed',
  unknown: 'outcome not known yet',
  stale: 'had changed meanwhile; nothing was charged',
} as const satisfies Record<EntryOf<'fix'>['outcome'], string>

export const declineWords = {
  funds: 'not enough funds',
  later: 'the bank said not now',
  bank: 'the bank refused without a reason',
  card: 'the card cannot pay this',
  data: 'card data were wrong',
  expired: 'the card has expired',
  account: 'the bank account refused',
  confirm: 'the bank wants to see the person',
  billing: 'billing details, not the card',
  retry: 'nothing wrong with the card',
  ours: 'nothing the customer can mend',
} as const satisfies Record<DeclineGroup, string>

export const settledWords = {
  resolved: 'would be served now',
  cancelled: 'was taken back by the app',
  returned: 'went back to the app',
} as const satisfies Record<EntryOf<'settled'>['how'], string>

export const arrivalWords = {
  app: 'came in from the app',
  email: 'signed in by e-mail code',
  letter: 'came in by a colleague’s letter',
  link: 'opened a guest link',
} as const satisfies Record<EntryOf<'arrived'>['how'], string>

export const askWords = {
  asked: 'asked',
  opened: 'opened the letter of',
  lifted: 'no longer needs to: asked by',
} as const satisfies Record<EntryOf<'ask'>['how'], string>

export const guestWords = {
  made: 'made a payment link',
  opened: 'The payment link was opened',
  used: 'The payment link was paid',
  revoked: 'The payment link was taken back',
} as const satisfies Record<EntryOf<'guest-link'>['how'], string>

export const letterWords: Readonly<Record<string, string>> = {
  ask: 'Letter asking for the fix',
  guest: 'Letter with a payment link',
  sign_in: 'Letter with a code',
  usage: 'Letter about usage',
  invite: 'Invitation',
  details: 'Letter about changed billing details',
  support: 'Letter from support',
}

export const letterStates = { queued: 'on its way', sent: 'sent', failed: 'not sent' } as const
export const eventStates = { queued: 'not delivered yet', sent: 'delivered', dead: 'given up' } as const

export const sentenceWords = {
  somebody: 'Somebody',
  guest: 'A guest',
  app: 'The app',
  refused: (reason: string) => `Refused: ${reason}`,
  tried: '(tried, and refused)',
  sentHere: (reason: string) => `The app sent somebody here: ${reason}`,
  screen: (who: string, screen: string) => `${who} was at ${screen}`,
  fix: (who: string, deed: string, outcome: string) => `${who}: ${deed} ${outcome}`,
  threshold: (meter: string, percent: string) => `${meter} reached ${percent}`,
  told: (type: string) => `Told the app ${type}`,
  opened: 'opened',
  worked: 'worked off',
  waiting: 'not worked off yet',
} as const

export const resendWords = {
  act: 'Send again',
  title: 'Send this event again',
  why: 'The app gets it under the same id, from the first try on. The customer can read your reason.',
  reason: 'Reason',
  hint: 'At least three letters',
  send: 'Send again',
  sending: 'Sending…',
  cancel: 'Cancel',
  failed: 'It could not be queued. Nothing was sent.',
  tooShort: 'Say why, in three letters or more.',
} as const

/** Beside what the bank said, and beside how something was before. */
export const saidWord = (name: string) => `Bank: ${name}`
export const wasWord = (name: string) => `Was: ${name}`

/** What stands beside a figure when an entry is opened. */
export const fieldWords: Readonly<Record<string, string>> = {
  check: 'Check',
  reasons: 'Reasons',
  told: 'The app said',
  feature: 'Feature',
  meter: 'Meter',
  quantity: 'Quantity',
  apiKey: 'API key',
  visitor: 'For a visitor',
  seen: 'Seen',
  mended: 'Answered by a fix',
  resolved: 'Would be served since',
  since: 'Since',
  role: 'Role',
  session: 'Session',
  screen: 'Screen',
  decline: 'As the customer was told',
  sameCardCanWork: 'Same card can work',
  said: 'As the bank said',
  card: 'Card',
  expiry: 'Card expires',
  amount: 'Amount',
  invoices: 'Invoices',
  price: 'Price',
  updated: 'Last changed',
  event: 'Event',
  type: 'Type',
  received: 'Received',
  done: 'Worked off',
  tries: 'Tries',
  error: 'Error',
  object: 'Object',
  object_id: 'Object id',
  number: 'Number',
  status: 'Status',
  changed: 'Changed fields',
  how: 'How',
  pack: 'Pack',
  invoice: 'Invoice',
  expires: 'Expires',
  purpose: 'Purpose',
  to: 'To',
  state: 'State',
  opened: 'Opened',
  mail: 'Letter',
  link: 'Link',
  nextTry: 'Next try',
  sequence: 'Number in order',
  audit: 'Audit row',
  deed: 'Deed',
  subject: 'About',
  reason: 'Reason',
  threshold: 'Threshold',
  guest: 'Guest link',
  deliveries: 'Deliveries',
  person: 'Person',
  actor: 'Asked for by',
  asker: 'Asked by',
  asked: 'Asked',
  maker: 'Made by',
  total: 'Sum',
  outcome: 'Outcome',
  before: 'Reasons before',
  after: 'Reasons now',
  reported: 'Reason told',
  name: 'Name',
  yes: 'yes',
  no: 'no',
}
