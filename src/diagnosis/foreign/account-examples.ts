import { example } from './example.ts'

/** Refusals about accounts, subscriptions, trials and billing details. */
export const accountExamples = [
  example('a SaaS', 403, { message: 'This workspace has been suspended' }, 'account_frozen'),
  example('a SaaS', 403, { error: 'account_suspended' }, 'account_frozen'),
  example(
    'a SaaS',
    403,
    { message: 'Your account was suspended for violating our Terms of Service.' },
    'account_frozen',
  ),
  example('a SaaS', 403, 'Your account is under review. Please contact support.', 'account_frozen'),
  example('a SaaS', 402, { message: 'Your account has been suspended because your last payment failed.' }, [
    'invoice_overdue',
    'card_declined',
  ]),
  example('a SaaS', 402, { message: 'Your subscription is paused.' }, 'subscription_paused'),
  example('a SaaS', 402, { error: 'SUBSCRIPTION_PAUSED' }, 'subscription_paused'),
  example(
    'a SaaS',
    402,
    { message: 'Your subscription was canceled on May 3. Renew to continue.' },
    'subscription_canceled',
  ),
  example('a SaaS', 402, { message: 'Your subscription has expired' }, 'subscription_canceled'),
  example('a SaaS', 403, { error: { code: 'SUBSCRIPTION_CANCELLED' } }, 'subscription_canceled'),
  example(
    'a SaaS',
    402,
    { error: 'license_expired', message: 'Your license expired 12 days ago' },
    'subscription_canceled',
  ),
  example('a SaaS', 402, { message: 'You do not have an active subscription.' }, [
    'subscription_canceled',
    'trial_ended',
  ]),
  example('a SaaS', 402, { error: 'Your trial has ended. Add a payment method to continue.' }, 'trial_ended'),
  example('a SaaS', 402, 'Your 14-day free trial has expired.', 'trial_ended'),
  example('a SaaS', 402, { code: 'TRIAL_EXPIRED' }, 'trial_ended'),
  example(
    'a SaaS',
    403,
    { errors: [{ extensions: { code: 'trial_period_ended' }, message: 'Forbidden' }] },
    'trial_ended',
  ),
  example('a SaaS', 402, { message: 'Your trial period is over, please choose a plan' }, 'trial_ended'),
  example('a SaaS', 402, { trialExpired: true }, 'trial_ended'),
  example('a SaaS', 402, { message: 'Your trial may have expired, or your card was declined.' }, [
    'trial_ended',
    'card_declined',
  ]),
  example('a SaaS', 402, { message: 'If your trial has ended, choose a plan.' }, ['trial_ended']),
  example('a SaaS', 402, { message: 'Please add a payment method to continue.' }, 'no_payment_method'),
  example('a SaaS', 402, { code: 'PAYMENT_METHOD_REQUIRED' }, 'no_payment_method'),
  example(
    'a SaaS',
    402,
    { error: { code: 'no_payment_method', message: 'No payment method on file' } },
    'no_payment_method',
  ),
  example('a SaaS', 402, 'A valid credit card is required to use this service.', 'no_payment_method'),
  example(
    'a SaaS',
    422,
    { errors: [{ field: 'billing_address', code: 'billing_address_missing' }] },
    'billing_details_missing',
  ),
  example(
    'a SaaS',
    402,
    { message: 'Your billing address is incomplete. Please complete your billing profile.' },
    'billing_details_missing',
  ),
  example('a SaaS', 402, { message: 'A valid VAT ID is required for business customers.' }, 'billing_details_missing'),
  example('Shopify', 402, { errors: 'Unavailable Shop' }, 'account_frozen'),
  example(
    'Azure Resource Manager',
    409,
    {
      error: {
        code: 'ReadOnlyDisabledSubscription',
        message:
          "The subscription 'a' is disabled and therefore marked as read only. You cannot perform any write actions on this subscription until it is re-enabled.",
      },
    },
    'account_frozen',
  ),
  example(
    'Google Cloud',
    403,
    {
      error: {
        code: 403,
        message: "Permission denied: Consumer 'project:123' has been suspended.",
        status: 'PERMISSION_DENIED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'CONSUMER_SUSPENDED',
            domain: 'googleapis.com',
          },
        ],
      },
    },
    'account_frozen',
  ),
  example(
    'Google Cloud',
    403,
    {
      error: {
        code: 403,
        message:
          'This API method requires billing to be enabled. Please enable billing on project #123 by visiting https://console.developers.google.com/billing/enable?project=123 then retry.',
        status: 'PERMISSION_DENIED',
        details: [
          { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'BILLING_DISABLED', domain: 'googleapis.com' },
        ],
      },
    },
    ['no_payment_method', 'invoice_overdue'],
  ),
  example(
    'GitHub Actions',
    undefined,
    "The job was not started because recent account payments have failed or your spending limit needs to be increased. Please check the 'Billing & plans' section in your settings",
    ['card_declined', 'spend_cap_reached'],
  ),
  example(
    'GitHub Actions',
    undefined,
    'The job was not started because your account is locked due to a billing issue.',
    ['invoice_overdue', 'card_declined'],
  ),
  example('a German SaaS', 402, { message: 'Ihre Kreditkarte ist abgelaufen.' }, 'card_expired'),
  example('a German SaaS', 402, 'Ihre Testphase ist abgelaufen. Bitte wählen Sie einen Tarif.', 'trial_ended'),
  example('a German SaaS', 402, { fehler: 'Die Zahlung wurde von Ihrer Bank abgelehnt.' }, 'card_declined'),
  example('a German SaaS', 402, { message: 'Es ist keine Zahlungsmethode hinterlegt.' }, 'no_payment_method'),
  example('a German SaaS', 402, { message: 'Eine Rechnung ist überfällig.' }, 'invoice_overdue'),
  example('a French SaaS', 402, { message: "Votre période d'essai est terminée." }, 'trial_ended'),
  example('a French SaaS', 402, { message: 'Votre carte a été refusée.' }, 'card_declined'),
  example('a French SaaS', 402, { message: 'Votre carte a expiré.' }, 'card_expired'),
  example('a Spanish SaaS', 402, { mensaje: 'Su período de prueba ha terminado.' }, 'trial_ended'),
  example('a Spanish SaaS', 402, { mensaje: 'Su tarjeta fue rechazada.' }, 'card_declined'),
  example('a Portuguese SaaS', 402, { mensagem: 'Seu período de teste terminou.' }, 'trial_ended'),
  example('a Portuguese SaaS', 402, { mensagem: 'Seu cartão foi recusado.' }, 'card_declined'),
  example('a Chinese SaaS', 402, { msg: '您的试用期已结束' }, 'trial_ended'),
  example('a Chinese SaaS', 403, { msg: '账户已被冻结，请联系客服' }, 'account_frozen'),
  example('a Japanese SaaS', 402, { message: 'クレジットカードの有効期限が切れています。' }, 'card_expired'),
  example('a Japanese SaaS', 402, { message: 'トライアル期間が終了しました。' }, 'trial_ended'),
]
