import type { Fix } from './reason.ts'

/** What the link is called, in the language of refusals (English): in refusals, letters and at the desk. */
export const fixLabels = {
  'update-card': 'Update card',
  'pay-invoice': 'Pay invoice',
  'confirm-payment': 'Confirm payment',
  'finish-subscribing': 'Finish subscribing',
  'await-payment': 'See the payment',
  renew: 'Renew subscription',
  resume: 'Resume subscription',
  'choose-plan': 'Choose a plan',
  'billing-details': 'Complete billing details',
  'raise-cap': 'Raise spending limit',
  'buy-credits': 'Buy credits',
  'raise-limit': 'Raise limit',
  'add-seats': 'Add seats',
  wait: 'See when it resets',
  'wait-for-vendor': 'See status',
  'contact-support': 'Contact support',
  diagnosis: 'See what is wrong',
} as const satisfies Record<Fix, string>
