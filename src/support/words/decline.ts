import type { Charge } from '#contract/desk-blocker.ts'
import type { DeclineGroup } from '#diagnosis/decline.ts'

/** What the customer may be told of a decline, for each group of codes. */
export const declineWords = {
  funds: 'Not enough money on the card, or over a limit of it.',
  later: 'The bank said not now; the same card can work later.',
  bank: 'The bank refused and gives no reason that may be passed on.',
  card: 'This card cannot pay this; another one can.',
  data: 'Something of the card was typed wrongly.',
  expired: 'The card has expired.',
  account: 'The bank account cannot be debited.',
  confirm: 'The bank wants to see the cardholder first.',
  billing: 'The billing details are the trouble, not the card.',
  retry: 'Nothing is wrong with the card; it is worth another try.',
  ours: 'The trouble is on our side.',
} as const satisfies Record<DeclineGroup, string>

/** The best next act. */
export const adviceWords = {
  'other-card': 'Use another card',
  'same-card-later': 'Try the same card later, or use another one',
  'call-bank': 'Call the bank, or use another card',
  retype: 'Type the details in again',
  confirm: 'Confirm the payment at the bank',
  wait: 'Wait and try again',
  'contact-us': 'It is for us to mend',
} as const satisfies Record<NonNullable<Charge['error']>['act'], string>

export const chargeStates = {
  none: 'not tried',
  requires_payment_method: 'waits for a working payment method',
  requires_confirmation: 'waits to be confirmed',
  requires_action: 'waits for the bank’s check',
  processing: 'on its way: do not pay again',
  requires_capture: 'waits to be captured',
  succeeded: 'paid',
  canceled: 'cancelled',
} as const satisfies Record<Charge['state'], string>
