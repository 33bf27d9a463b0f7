import type { Phrases } from './phrases.ts'

/** What an English refusal leaves open about cards, invoices and subscriptions, in the language of `words.ts`. */
export const openPayments: Phrases['open'] = [
  [
    [
      'card_declined',
      'card_expired',
      'authentication_required',
      'invoice_overdue',
      'no_payment_method',
      'subscription_incomplete',
    ],
    'likely',
    [
      'payment|payments|charge|renewal|billing ~4 failed|unsuccessful|fail|failure',
      'payment|charge ~5 not|couldnt|cannot|cant|unable ~3 processed|completed|charged|collected|go|process',
      'unable|failed|could|not ~3 charge|process|collect|bill ~4 card|payment|method',
      'failed payment|payments',
      'problem|issue|trouble ~3 payment|billing|card',
      'billing|payment problem|problems|issue|issues|trouble|error',
      'update ~4 payment|billing|card ~1 method|information|details|info',
      'valid|invalid payment method',
    ],
  ],
  [
    ['authentication_required', 'card_declined'],
    'sure',
    ['transaction|payment|charge|card ~3 rejected|declined|refused ~3 3d secure'],
  ],
  [['card_declined', 'invoice_overdue'], 'sure', ['recent account payments have failed', 'payments have failed']],
  [['card_declined', 'credits_exhausted'], 'likely', ['insufficient funds', 'not enough ~2 funds|money']],
  [
    ['trial_ended', 'no_payment_method', 'unknown'],
    'sure',
    ['continue ~5 signing|sign up', 'signing|sign up ~4 continue|free', 'create ~2 account ~3 continue'],
  ],
  [
    ['invoice_overdue', 'subscription_canceled', 'no_payment_method', 'account_frozen'],
    'likely',
    [
      'account|organization|project ~3 not|isnt|no ~1 active',
      'account|organization|project|subscription ~2 inactive',
      'account ~2 not open',
      'check ~2 billing ~1 details|information|status|settings|page',
      'billing ~3 not|isnt ~2 active|enabled|set',
      'requires|require ~1 billing to be|enabled',
      'enable billing',
    ],
  ],
  [
    ['subscription_canceled', 'trial_ended', 'plan_lacks_feature', 'invoice_overdue'],
    'likely',
    [
      'no|not|dont|doesnt|without ~3 active|valid|current ~2 subscription|plan|license|licence',
      'subscription|license|licence|plan ~3 not|isnt|no ~2 active|valid|found',
      'invalid|inactive ~1 subscription|license|licence|plan',
      'active|paid|valid ~1 subscription|plan|license ~2 required|needed',
      'subscribe to ~3 continue|plan',
      'requires|require|need|needs ~1 active ~1 subscription|plan|license',
    ],
  ],
  [
    ['unknown', 'no_payment_method', 'billing_details_missing'],
    'likely',
    [
      'verify ~3 email|identity|phone|account',
      'account|user|email|phone ~3 unverified|verification|verify',
      'email|account|phone|identity ~3 not ~1 verified|confirmed',
    ],
  ],
  [
    ['no_payment_method', 'credits_exhausted'],
    'sure',
    [
      'no|without|missing|lacks|neither ~3 payment method|methods|information or ~2 credit|credits|balance',
      'no|without|missing|lacks|neither ~3 credit|credits|balance or ~2 payment method',
    ],
  ],
  [
    ['subscription_canceled', 'account_frozen', 'invoice_overdue', 'trial_ended'],
    'sure',
    [
      'expired|canceled|cancelled|inactive or ~2 suspended|disabled|closed',
      'suspended|disabled|closed or ~2 expired|canceled|cancelled|inactive',
    ],
  ],
  [
    ['no_payment_method', 'billing_details_missing'],
    'likely',
    ['set up billing', 'complete ~2 billing information|details'],
  ],
  [
    ['card_declined', 'credits_exhausted'],
    'sure',
    [
      'payment|transaction failed|unsuccessful|declined ~4 insufficient ~2 balance|funds',
      'payment|transaction|purchase ~7 insufficient ~2 balance',
      'payment|transaction|purchase could_not|couldnt|was_not|cannot ~5 insufficient ~2 balance|funds',
    ],
  ],
  [
    ['invoice_overdue', 'no_payment_method', 'subscription_canceled', 'account_frozen'],
    'sure',
    ['billing account ~8 disabled|closed|inactive', 'absent|closed|disabled|inactive ~1 billing account'],
  ],
  [['account_frozen', 'invoice_overdue'], 'sure', ['shop|store ~3 frozen', 'unavailable shop']],
  [['invoice_overdue', 'subscription_paused', 'account_frozen'], 'sure', ['subscription ~3 suspended']],
  [
    ['plan_lacks_feature', 'subscription_canceled', 'unknown'],
    'likely',
    ['only available ~2 subscribers', 'requires|require|need|needs ~2 subscription|license|licence|membership'],
  ],
  [
    ['invoice_overdue', 'card_declined', 'card_expired', 'no_payment_method'],
    'sure',
    [
      'suspended|restricted|disabled|blocked|locked|paused ~4 payment|billing|failed ~3 failure|failed|issue|issues|problem|problems|payment|payments',
    ],
  ],
]
