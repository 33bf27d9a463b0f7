import type { Phrases } from './phrases.ts'
import { things } from './english-limits.ts'

/** What an English refusal leaves open about limits, credits and plans, in the language of `words.ts`. */
export const openLimits: Phrases['open'] = [
  [
    ['seat_limit', 'usage_limit_exceeded'],
    'sure',
    ['license|licence ~4 activation|activations|device|devices|machine|machines ~1 limit'],
  ],
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
  [['seat_limit', 'plan_lacks_feature'], 'sure', ['no ~2 seat|license|licence ~1 assigned']],
  [['trial_ended', 'usage_limit_exceeded'], 'sure', ['lifetime ~2 quota|limit']],
  [
    ['credits_exhausted', 'trial_ended', 'usage_limit_exceeded'],
    'sure',
    ['credits ~4 used|used_up|exhausted|spent or ~2 expired', 'expired or ~3 used|used_up|exhausted|spent'],
  ],
  [['credits_exhausted', 'spend_cap_reached', 'usage_limit_exceeded'], 'sure', ['credit limit']],
  [['credits_exhausted', 'usage_limit_exceeded'], 'sure', ['run|ran|running out of ~2 credits ~3 day|week|month']],
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
      `daily ~2 ${things} limit|limits`,
      'seat|seats limit|limits ~3 calls|requests|queries|messages',
      'requests|calls|queries|messages per|a|each day|month',
      'daily|monthly ~2 rate limit|limits ~4 exceeded|reached|hit',
      'daily|monthly request|requests count|total',
      'requests|calls over|in|per ~2 24|24h ~1 hour|hours|period',
      'exceeded|reached ~4 daily|monthly ~2 rate limit|limits',
    ],
  ],
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
  [
    ['spend_cap_reached', 'usage_limit_exceeded'],
    'sure',
    ['billing limit', 'api key ~1 limit ~1 exceeded|reached', 'key usage limit'],
  ],
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
    ['plan_lacks_feature', 'unknown'],
    'likely',
    [
      'feature ~3 not|isnt ~2 available|enabled|supported',
      'feature ~2 disabled|locked',
      'not|isnt ~3 entitled|eligible',
    ],
  ],
  // What a program's disk says as well.
  [['usage_limit_exceeded', 'unknown'], 'sure', ['disk quota ~1 exceeded', 'mailbox ~3 full|over|quota']],
  [['rate_limited', 'usage_limit_exceeded'], 'likely', ['higher|increased|better rate limit|limits']],
  [['unknown'], 'hint', ['payment required']],
]
