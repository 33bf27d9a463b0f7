import type { LeftPlace } from '#contract/desk-insight.ts'
import type { DeclineGroup } from '#diagnosis/decline.ts'

/** What the page about how refusals end says. */
export const insightWords = {
  title: 'How refusals end',
  why: 'A stop is one account held up by one reason until it is served again, however often the app asked meanwhile. Counted from this portal’s own records; nobody is named.',
  span: 'Time',
  days: (days: string) => `${days} days`,
  app: 'App',
  allApps: 'All apps',
  none: 'Nobody was refused in this time.',
  steps: {
    stops: 'Stopped',
    opened: 'Opened the portal',
    tried: 'Tried to mend it',
    fixed: 'Served again',
  },
  heads: ['Stopped', 'Opened', 'Tried', 'Served'],
  share: (percent: string) => `${percent} of those stopped`,
  byItself: (count: string) => `${count} more were served again without anybody opening the portal.`,
  returned: (count: string) => `${count} went back to the app from the portal.`,
  speed: (median: string, ninth: string) =>
    `From refusal to being served: half within ${median}, nine in ten within ${ninth}.`,
  recovered: 'Recovered',
  recoveredWhy: 'What was owed and was paid here.',
  unsummed: (count: number, text: string) =>
    count === 1
      ? 'Not counted: one invoice that the bank let through here; Stripe’s webhook with its sum has not come.'
      : `Not counted: ${text} invoices that banks let through here; Stripe’s webhooks with their sums have not come.`,
  bought: 'Bought to go on',
  boughtWhy: 'Plans, seats and credits.',
  nothing: 'Nothing in this time.',
  byReason: 'By reason',
  reason: 'Reason',
  median: 'Half within',
  byApp: 'By app',
  left: 'Where people gave up',
  leftWhy: 'Opened it, and left more than an hour ago while it still stood.',
  at: 'Last seen',
  declines: 'Declined cards',
  decline: 'What the bank said',
  tries: 'Tries',
  stops: 'Stops',
  mended: 'Mended after all',
} as const

export const leftWords = {
  reading: 'Read it, tried nothing',
  declined: 'The card was declined',
  'bank-check': 'At the bank’s check',
  refused: 'The method could not pay this',
  changed: 'The sum had changed',
  unclear: 'The outcome was not known',
  done: 'Did what was asked, still refused',
} as const satisfies Record<LeftPlace, string>

export const declineWords = {
  funds: 'Too little money, or a limit',
  later: 'The bank could not be reached',
  bank: 'The bank refuses and says no more',
  card: 'The card cannot be used for this',
  data: 'Something was typed wrong',
  expired: 'Expired',
  account: 'The bank account cannot be used',
  confirm: 'The bank wants to see the person',
  billing: 'The billing details do not fit',
  retry: 'Nothing wrong with the card: once more',
  ours: 'Nothing the person can mend',
} as const satisfies Record<DeclineGroup, string>
