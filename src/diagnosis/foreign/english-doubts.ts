import { otherTrades } from './other-trades.ts'
import type { Phrases } from './phrases.ts'

/** What takes the certainty of an English refusal away, in the language of `words.ts`. */
export const englishDoubts: Pick<Phrases, 'doubts' | 'nothing'> = {
  doubts: [
    [
      ['upstream_billing', 'rate_limited'],
      ['upstream', 'provider returned'],
    ],
    // Why, it says in words that may not be among ours.
    [
      [
        'invoice_overdue',
        'subscription_canceled',
        'trial_ended',
        'spend_cap_reached',
        'credits_exhausted',
        'usage_limit_exceeded',
        'rate_limited',
        'upstream_billing',
      ],
      [
        'suspended|blocked|disabled|restricted|locked|frozen|closed|paused ~2 due_to|because',
        'suspended|blocked|disabled|restricted|locked|frozen ~2 for exceeding|reaching|using|overuse|unpaid|late|failing|failure|lack',
      ],
    ],
    [['no_payment_method', 'invoice_overdue'], ['active billing account']],
    [['no_payment_method', 'trial_ended'], ['free time limit']],
    [['spend_cap_reached'], ['hard limit']],
    // A monthly allowance that is called credits.
    [
      ['usage_limit_exceeded', 'rate_limited'],
      [
        'they|credits|allowance will|automatically|next reset|renew|refresh|replenish',
        'they|credits reset|resets|renew|refresh|replenish',
        'wait until ~3 next|reset|resets|renew',
      ],
    ],
    // The other half of a guess, in whatever words.
    [
      [],
      [
        'or run|ran out',
        'pay|settle ~3 invoice|invoices|bill or upgrade',
        'or balance|billing must|is|has|not',
        'or your|no|there ~5 payment|subscription|billing|plan|card|invoice|credits|credit|limit|trial|account|balance',
      ],
    ],
  ],
  nothing: [
    ...otherTrades,
    // A request that is wrong in form.
    'supported|allowed|accepted|permitted|valid values are|include',
    'must be one of',
    'no such',
    'field ~1 required',
    'maximum|max|limit ~4 per request|page|batch|query',
    // A password tried too often.
    'locked for ~2 minutes|hours',
    'user account ~3 locked',
    'locked ~6 attempts',
    'session|token|otp|password|link|recording ~2 expired',
    'session for ~4 expired',
    'coupon|promotion|voucher ~3 expired|limit|invalid',
    'limit|expired ~4 promotion|coupon|voucher',
    'insufficient|enough|out ~1 gas',
    'login|logins|signin|sign_in|password|authentication|verification attempts',
    'localstorage|sessionstorage|setitem|indexeddb',
    'your stripe account|balance',
    'invalid|incorrect|missing|wrong|bad|no ~2 api ~1 key',
    'not ~2 billing ~1 problem|issue|error',
    'already ~1 canceled|cancelled',
    'processing error',
    'error ~2 occurred ~2 processing ~3 card|payment',
  ],
}
