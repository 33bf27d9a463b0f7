import { englishDoubts } from './english-doubts.ts'
import { englishLimits } from './english-limits.ts'
import { englishPayments } from './english-payments.ts'
import type { Phrases } from './phrases.ts'

/** What refusals say in English. */
export const english: Phrases = {
  says: { ...englishPayments, ...englishLimits },
  open: [
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
    [['card_declined', 'invoice_overdue'], 'sure', ['recent account payments have failed', 'payments have failed']],
    [['card_declined', 'credits_exhausted'], 'likely', ['insufficient funds', 'not enough ~2 funds|money']],
    [
      [
        'credits_exhausted',
        'no_payment_method',
        'usage_limit_exceeded',
        'spend_cap_reached',
        'trial_ended',
        'invoice_overdue',
        'rate_limited',
      ],
      'sure',
      ['exceeded ~2 current quota', 'check your ~1 plan and billing', 'insufficient quota', 'quota ~1 not enough'],
    ],
    [
      ['rate_limited', 'usage_limit_exceeded'],
      'sure',
      [
        'quota|quotas|usage or ~3 rate limit|limits',
        'rate limit|limits or ~3 quota|quotas|usage',
        'quota|quotas or ~3 rate limit|limits ~4 reached|exceeded|hit',
      ],
    ],
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
      ['rate_limited', 'usage_limit_exceeded'],
      'likely',
      [
        'reached|exceeded|hit|exceeds|exceed ~7 limit|limits|maximum',
        'limit|limits ~4 reach|reached|exceeded|hit|exhausted',
        'exceeding ~4 limit|limits|limitation|limitations|requests',
        'concurrent|concurrency|parallel|simultaneous ~4 limit|limits|requests|sessions|jobs',
        'too many ~2 concurrent|parallel|simultaneous|active',
        'daily ~3 limit|limits|quota',
        'quota ~4 rate limit',
        'resource ~3 exhausted',
      ],
    ],
    [
      ['plan_lacks_feature', 'usage_limit_exceeded'],
      'hint',
      ['upgrade ~5 plan|account|subscription|tier', 'please upgrade', 'upgrade to', 'upgrade your', 'upgrade for'],
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
    [['trial_ended', 'usage_limit_exceeded'], 'sure', ['lifetime ~2 quota|limit']],
    [
      ['credits_exhausted', 'trial_ended', 'usage_limit_exceeded'],
      'sure',
      ['credits ~4 used|used_up|exhausted|spent or ~2 expired', 'expired or ~3 used|used_up|exhausted|spent'],
    ],
    [
      ['no_payment_method', 'billing_details_missing'],
      'likely',
      ['set up billing', 'complete ~2 billing information|details'],
    ],
    [['credits_exhausted', 'spend_cap_reached', 'usage_limit_exceeded'], 'sure', ['credit limit']],
    [['credits_exhausted', 'usage_limit_exceeded'], 'sure', ['run|ran|running out of ~2 credits ~3 day|week|month']],
    [
      ['card_declined', 'credits_exhausted'],
      'sure',
      ['payment|transaction failed|unsuccessful|declined ~4 insufficient ~2 balance|funds'],
    ],
    [
      ['invoice_overdue', 'no_payment_method', 'subscription_canceled', 'account_frozen'],
      'sure',
      ['billing account ~8 disabled|closed|inactive'],
    ],
    [['account_frozen', 'invoice_overdue'], 'sure', ['shop|store ~3 frozen', 'unavailable shop']],
    // An app that speaks of its supplier: nobody knows whose account it is.
    [
      ['upstream_billing', 'credits_exhausted', 'usage_limit_exceeded', 'no_payment_method'],
      'sure',
      ['openai|anthropic ~1 quota|credits|balance ~2 exceeded|exhausted|insufficient'],
    ],
    [
      ['trial_ended', 'usage_limit_exceeded', 'credits_exhausted', 'no_payment_method'],
      'sure',
      ['run|ran out of ~2 free'],
    ],
    [
      ['rate_limited', 'usage_limit_exceeded'],
      'sure',
      [
        'requests|calls|queries|messages per|a|each day|month',
        'daily|monthly ~2 rate limit|limits ~4 exceeded|reached|hit',
        'daily|monthly request|requests count|total',
        'requests|calls over|in|per ~2 24|24h ~1 hour|hours|period',
        'exceeded|reached ~4 daily|monthly ~2 rate limit|limits',
      ],
    ],
    [['invoice_overdue', 'subscription_paused', 'account_frozen'], 'sure', ['subscription ~3 suspended']],
    // A meter that the customer's own administrator set.
    [
      ['spend_cap_reached', 'usage_limit_exceeded'],
      'sure',
      ['resource monitor', 'custom quota', 'set by your administrator|admin|organization'],
    ],
    [['rate_limited', 'unknown'], 'sure', ['complexity|query|error|retry|time budget ~4 exhausted|exceeded|reached']],
    [
      ['usage_limit_exceeded', 'spend_cap_reached'],
      'sure',
      ['minute|minutes|token|tokens|compute|request|requests budget ~4 exhausted|exceeded|reached'],
    ],
    [['usage_limit_exceeded'], 'hint', ['for|in this ~1 period|month|week|day']],
    [
      ['account_frozen', 'invoice_overdue', 'subscription_canceled', 'usage_limit_exceeded'],
      'likely',
      ['workspace|project is|was|has_been|are ~1 disabled|blocked|closed|flagged|locked'],
    ],
    [['spend_cap_reached', 'usage_limit_exceeded'], 'sure', ['billing limit', 'api key limit ~1 exceeded|reached']],
    [
      ['seat_limit', 'usage_limit_exceeded'],
      'sure',
      [
        'user|users limit|cap|quota ~3 reached|exceeded|hit',
        'limit of ~1 users',
        'number|maximum|max ~2 users',
        'reached|exceeded|hit ~3 user|users limit|cap|quota',
      ],
    ],
    [
      ['plan_lacks_feature', 'subscription_canceled', 'unknown'],
      'likely',
      ['only available ~2 subscribers', 'requires|require|need|needs ~2 subscription|license|licence|membership'],
    ],
    [
      ['plan_lacks_feature', 'unknown'],
      'likely',
      [
        'feature ~3 not|isnt ~2 available|enabled|supported',
        'feature ~2 disabled|locked',
        'not|isnt ~3 entitled|eligible',
      ],
    ],
    [['rate_limited', 'usage_limit_exceeded'], 'likely', ['higher|increased|better rate limit|limits']],
    [
      ['invoice_overdue', 'card_declined', 'card_expired', 'no_payment_method'],
      'sure',
      [
        'suspended|restricted|disabled|blocked|locked|paused ~4 payment|billing|failed ~3 failure|failed|issue|issues|problem|problems|payment|payments',
      ],
    ],
    [['unknown'], 'hint', ['payment required']],
  ],
  ...englishDoubts,
}
