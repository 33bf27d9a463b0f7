import type { Screen } from '#contract/desk-answer.ts'

/** What the portal's screens are called at the desk. */
export const screenWords = {
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
  'ask-admin': 'Ask somebody who can pay',
  'all-clear': 'All clear, back to the app',
  'app-not-updated': 'The app has not noticed yet',
} as const satisfies Record<Screen, string>
