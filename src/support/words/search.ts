import type { SearchKind } from '#contract/desk-search.ts'

export const searchWords = {
  label: 'Find an account',
  hint: 'Code, e-mail, id, invoice, card',
  searching: 'Searching…',
  go: 'Search',
  keys: 'Ctrl K',
  many: (count: string) => `${count} accounts fit. Which one is it?`,
  more: 'There are more than ten. Search for something that is theirs alone: the code from the refusal, or an id.',
  nothing: 'Nothing found',
  lookedFor: (kinds: string) => `It was looked for as ${kinds}, exactly as typed.`,
  notUnderstood: 'That is nothing that can be searched for.',
  wholeCard:
    'That looks like a whole card number. It was not searched for and not kept. Never ask for one: the last four digits and the expiry are enough, as 4242 12/34.',
  orphan: (customer: string) =>
    `Stripe knows the customer ${customer}, but no app has registered an account of theirs.`,
  silent: 'Stripe does not answer, so only what is known here was looked through. Try again in a minute.',
  noSearch: 'Stripe offers no search for invoice numbers here, so only open invoices were looked through.',
  tooMany: 'You have reached this hour’s cap for searching. It is there so that nobody can read through all customers.',
  offline: 'The desk got no answer. Look at your connection and try once more.',
  failed: 'The search did not work. Try it once more.',
  codeGone: 'Codes are good for a day, and gone once the app takes a refusal back.',
  close: 'Close',
  refusedRequest: 'with the refused request',
  homeTitle: 'Why are they getting a 402?',
  homeWhy: 'Ask for the code in the message they got. Type it above, or anything else that is exactly theirs.',
  understands: 'The field understands',
} as const

/** As what something was looked for. */
export const kindWords = {
  code: 'a code',
  check: 'a check',
  email: 'an e-mail address',
  account: 'an account id',
  customer: 'a Stripe customer',
  subscription: 'a subscription',
  'subscription-item': 'an item of a subscription',
  invoice: 'an invoice',
  'invoice-number': 'an invoice number',
  payment: 'a payment',
  charge: 'a charge',
  method: 'a payment method',
  event: 'an event',
  card: 'a card',
} as const satisfies Record<SearchKind, string>

/** What can be typed, and what it looks like; a refusal's code first, because it leads to the very request. */
export const examples: readonly (readonly [what: string, example: string])[] = [
  ['Code or address from the refusal', '7KQ2-M4XD'],
  ['Check, or the whole refusal', 'chk_…'],
  ['E-mail of a member, or for billing', 'anna@acme.example'],
  ['Account id of the app', 'acme'],
  ['Customer, subscription, invoice, payment', 'cus_… sub_… in_… pi_…'],
  ['Charge, item, card, event', 'ch_… si_… pm_… evt_…'],
  ['Invoice number', 'A1B2C3D4-0001'],
  ['Card: last four and expiry', '4242 12/34'],
]
