import { example } from './example.ts'

const stripe = (code: string, message: string, more: object = {}) => ({
  error: { type: 'card_error', code, message, ...more },
})
const declined = (decline_code: string, message = 'Your card was declined.') =>
  stripe('card_declined', message, { decline_code, doc_url: 'https://stripe.com/docs/error-codes/card-declined' })

/** Refusals about cards, payments and invoices. */
export const paymentExamples = [
  example('Stripe', 402, declined('generic_decline'), 'card_declined'),
  example('Stripe', 402, declined('insufficient_funds', 'Your card has insufficient funds.'), 'card_declined'),
  example('Stripe', 402, declined('fraudulent'), 'card_declined'),
  example('Stripe', 402, declined('lost_card'), 'card_declined'),
  example('Stripe', 402, declined('expired_card', 'Your card has expired.'), 'card_expired'),
  example(
    'Stripe',
    402,
    declined('authentication_required', 'Your card was declined. This transaction requires authentication.'),
    'authentication_required',
  ),
  example('Stripe', 402, stripe('expired_card', 'Your card has expired.', { param: 'exp_month' }), 'card_expired'),
  example(
    'Stripe',
    402,
    stripe('authentication_required', 'This payment requires authentication. Please try again.'),
    'authentication_required',
  ),
  example('Stripe', 402, stripe('incorrect_number', 'Your card number is incorrect.'), 'card_declined'),
  example('Stripe', 402, stripe('invalid_expiry_year', "Your card's expiration year is invalid."), 'card_declined'),
  example(
    'Stripe',
    402,
    stripe('processing_error', 'An error occurred while processing your card. Try again in a little bit.'),
    [],
  ),
  example(
    'Stripe',
    402,
    stripe('payment_intent_authentication_failure', 'The provided PaymentMethod has failed authentication.'),
    'authentication_required',
  ),
  example(
    'Stripe',
    400,
    {
      error: {
        type: 'invalid_request_error',
        code: 'customer_tax_location_invalid',
        message:
          "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
      },
    },
    'billing_details_missing',
  ),
  example(
    'Stripe',
    402,
    {
      error: {
        type: 'card_error',
        code: 'invoice_payment_intent_requires_action',
        message:
          'The payment for this invoice requires additional user action before it can be completed successfully.',
      },
    },
    'authentication_required',
  ),
  example(
    'Stripe',
    400,
    {
      error: {
        type: 'invalid_request_error',
        code: 'resource_missing',
        message:
          'This customer has no attached payment source or default payment method. Please consider adding a default payment method.',
      },
    },
    'no_payment_method',
  ),
  example(
    'Stripe',
    429,
    { error: { code: 'rate_limit', type: 'invalid_request_error', message: 'Testmode request rate limit exceeded.' } },
    'rate_limited',
  ),
  example(
    'Stripe',
    429,
    {
      error: {
        code: 'lock_timeout',
        type: 'invalid_request_error',
        message:
          'This object cannot be accessed right now because another API request or Stripe process is currently accessing it.',
      },
    },
    [],
  ),
  example('Stripe through a shop', 500, 'StripeCardError: Your card was declined.', 'card_declined'),
  example('Stripe through a shop', 200, { success: false, stripe: { declineCode: 'do_not_honor' } }, 'card_declined'),
  example(
    'Braintree',
    422,
    { success: false, message: 'Processor Declined: the transaction was declined by the bank' },
    'card_declined',
  ),
  example(
    'Adyen',
    200,
    { resultCode: 'Refused', refusalReason: 'Expired Card', refusalReasonCode: '6' },
    'card_expired',
  ),
  example('a plain code', undefined, 'card_declined', 'card_declined'),
  example('a plain code', undefined, 'CARD_EXPIRED', 'card_expired'),
  example('a plain code', undefined, 'authentication_required', 'authentication_required'),
  example('a plain code', undefined, 'invoice_overdue', 'invoice_overdue'),
  example('a plain code', undefined, 'insufficient_funds', ['card_declined', 'credits_exhausted']),
  example('a sign-in', 401, { error: 'authentication_required', message: 'Please log in to continue.' }, []),
  example('a sign-in', 401, { message: 'Authentication required' }, []),
  example(
    'a sign-in',
    403,
    { error: { code: 'invalid_api_key', message: 'Incorrect API key provided. Check your billing settings.' } },
    [],
  ),
  example('a SaaS', 402, { error: 'Your card has expired. Please update your payment method.' }, 'card_expired'),
  example('a SaaS', 402, 'The credit card on file expired on 05/2026.', 'card_expired'),
  example('a SaaS', 402, { message: 'The credit card ending in 4242 has expired' }, 'card_expired'),
  example(
    'a SaaS',
    402,
    { message: 'We were unable to process your payment. Please update your billing information.' },
    ['card_declined', 'authentication_required'],
  ),
  example('a SaaS', 402, { message: 'Your last payment failed' }, ['card_declined', 'card_expired']),
  example(
    'a SaaS',
    402,
    { error: { title: 'Payment required', detail: 'Your bank declined the charge for your subscription.' } },
    'card_declined',
  ),
  example(
    'a SaaS',
    402,
    { message: 'Your bank requires you to confirm this payment (3D Secure).' },
    'authentication_required',
  ),
  example(
    'a SaaS',
    402,
    { error: 'payment_requires_action', message: 'Additional authentication is required to complete this payment.' },
    'authentication_required',
  ),
  example(
    'a SaaS',
    402,
    'Your payment is still being processed. This can take a few days for bank debits.',
    'payment_processing',
  ),
  example('a SaaS', 402, { code: 'PAYMENT_PROCESSING' }, 'payment_processing'),
  example('a SaaS', 402, { code: 'payment_processing_error' }, []),
  example('a SaaS', 402, { error: 'subscription_incomplete' }, 'subscription_incomplete'),
  example(
    'a SaaS',
    402,
    { error: 'Your subscription is incomplete: the first payment was never completed.' },
    'subscription_incomplete',
  ),
  example('a SaaS', 402, { error: { code: 'PAST_DUE', message: 'Your account is past due.' } }, 'invoice_overdue'),
  example('a SaaS', 402, { subscription_status: 'past_due', message: 'Access is blocked' }, 'invoice_overdue'),
  example('a SaaS', 402, { subscription: { status: 'unpaid' } }, 'invoice_overdue'),
  example(
    'a SaaS',
    403,
    'Your account has been suspended due to non-payment. Pay your outstanding invoices to restore access.',
    'invoice_overdue',
  ),
  example('a SaaS', 402, { message: 'You have 2 unpaid invoices.' }, 'invoice_overdue'),
  example('a SaaS', 402, { message: 'Invoice INV-2201 is 14 days overdue' }, 'invoice_overdue'),
  example('a SaaS', 402, { message: 'Your account has an outstanding balance' }, 'invoice_overdue'),
]
