import type { Fix, Reason } from '#diagnosis/reason.ts'

/** What is wrong, as a headline in the person's words. */
const headlines = {
  'reason.account_frozen': 'Your account is on hold',
  'reason.payment_processing': 'Your payment is still on its way',
  'reason.authentication_required': 'Your bank wants to check it is you',
  'reason.subscription_incomplete': 'Your first payment is not finished',
  'reason.card_declined': 'Your card was declined',
  'reason.card_expired': 'Your card has expired',
  'reason.invoice_overdue': 'An invoice is overdue',
  'reason.subscription_paused': 'Your subscription is paused',
  'reason.subscription_canceled': 'Your subscription has ended',
  'reason.trial_ended': 'Your trial has ended',
  'reason.no_payment_method': 'There is no card on your account',
  'reason.billing_details_missing': 'Your billing details are incomplete',
  'reason.spend_cap_reached': 'You have reached your spending limit',
  'reason.credits_exhausted': 'Your credits are used up',
  'reason.usage_limit_exceeded': 'You have used all that your plan includes',
  'reason.seat_limit': 'All your seats are taken',
  'reason.plan_lacks_feature': 'Your plan does not include this',
  'reason.upstream_billing': 'The service is interrupted on our side',
  'reason.rate_limited': 'Too many requests in a short time',
  'reason.unknown': 'We do not know yet what is wrong',
} as const satisfies Record<`reason.${Reason}`, string>

/** What it means and who acts: for screens that can only explain. */
const meanings = {
  'means.account_frozen':
    '{merchant} has put this account on hold. Only {merchant} can release it; paying again does not help.',
  'means.payment_processing':
    'Your bank has it and has not answered yet. You need not do anything, and do not pay again.',
  'means.authentication_required':
    'Your bank asks you to confirm a payment. Only the person who holds the card can do that.',
  'means.subscription_incomplete': 'The plan starts when the first payment goes through.',
  'means.card_declined': 'Your bank refused the last payment. Another card lifts the block.',
  'means.card_expired': 'The last payment could not be taken from it. A new card lifts the block.',
  'means.invoice_overdue': 'Access comes back when it is paid.',
  'means.subscription_paused': 'Nothing is charged and nothing is served until it goes on.',
  'means.subscription_canceled':
    'Nothing more is charged. To go on, a new subscription is needed; {merchant} can start it.',
  'means.trial_ended': 'Nothing was charged. To go on, choose a plan; {merchant} can tell you which.',
  'means.no_payment_method': 'A card has to be on file before the plan goes on.',
  'means.billing_details_missing': 'An invoice needs an address, and perhaps a tax number. {merchant} can add them.',
  'means.spend_cap_reached': 'The limit was set to protect you. {merchant} can raise it for you.',
  'means.credits_exhausted': 'Nothing is charged by itself. {merchant} can add credits.',
  'means.usage_limit_exceeded': 'It starts again with the next billing period. {merchant} can raise the limit before.',
  'means.seat_limit': 'Free a seat in {app}, or let {merchant} add one.',
  'means.plan_lacks_feature': 'A larger plan has it. {merchant} can change the plan for you.',
  'means.upstream_billing': '{merchant} has been told. You need not do anything and nothing is charged for it.',
  'means.rate_limited': 'This passes by itself in a moment. Nothing has to be paid.',
  'means.unknown':
    '{app} refused your request, and your billing does not show why. {merchant} can see more than this page.',
} as const satisfies Record<`means.${Reason}`, string>

/** The same told to somebody who does not hold the card: no amounts, nobody's fault; also stands inside a sentence. */
const causes = {
  'cause.account_frozen': 'the account is on hold',
  'cause.payment_processing': 'a payment is still on its way',
  'cause.authentication_required': 'the bank wants a payment confirmed',
  'cause.subscription_incomplete': 'the first payment is not finished',
  'cause.card_declined': 'the card on file was declined',
  'cause.card_expired': 'the card on file has expired',
  'cause.invoice_overdue': 'an invoice is overdue',
  'cause.subscription_paused': 'the subscription is paused',
  'cause.subscription_canceled': 'the subscription has ended',
  'cause.trial_ended': 'the trial has ended',
  'cause.no_payment_method': 'there is no card on file',
  'cause.billing_details_missing': 'billing details are missing',
  'cause.spend_cap_reached': 'the spending limit is reached',
  'cause.credits_exhausted': 'the credits are used up',
  'cause.usage_limit_exceeded': 'all that the plan includes is used',
  'cause.seat_limit': 'all seats are taken',
  'cause.plan_lacks_feature': 'the plan does not include this',
  'cause.upstream_billing': 'the service is interrupted',
  'cause.rate_limited': 'there were too many requests',
  'cause.unknown': 'billing needs attention',
} as const satisfies Record<`cause.${Reason}`, string>

/** The short name of a remedy: in the stepper and on links. */
const fixNames = {
  'fix.update-card': 'Update card',
  'fix.pay-invoice': 'Pay invoice',
  'fix.confirm-payment': 'Confirm with your bank',
  'fix.finish-subscribing': 'Finish subscribing',
  'fix.await-payment': 'Wait for the payment',
  'fix.renew': 'Renew',
  'fix.resume': 'Resume',
  'fix.choose-plan': 'Choose a plan',
  'fix.billing-details': 'Complete billing details',
  'fix.raise-cap': 'Raise spending limit',
  'fix.buy-credits': 'Add credits',
  'fix.raise-limit': 'Raise limit',
  'fix.add-seats': 'Add seats',
  'fix.wait': 'Wait a moment',
  'fix.wait-for-vendor': 'Wait for us',
  'fix.contact-support': 'Contact support',
  'fix.diagnosis': 'See what is wrong',
} as const satisfies Record<`fix.${Fix}`, string>

export const reasonWords = { ...headlines, ...meanings, ...causes, ...fixNames } as const
