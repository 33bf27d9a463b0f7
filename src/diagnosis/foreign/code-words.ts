import type { Phrases } from './phrases.ts'

/**
 * Codes that nobody wrote down, by the words they are made of: `AI_CREDIT_LIMIT_EXCEEDED` reads "ai credit limit exceeded".
 * The language of the patterns is that of `words.ts`; `.` is the end of the code.
 */
export const codeWords: Phrases = {
  says: {
    account_frozen: {
      sure: [
        'account|organization|organisation|org|workspace|team|project|tenant|shop|store ~1 suspended|frozen|banned|restricted|deactivated|terminated',
        'suspended|frozen|banned|deactivated account|organization|workspace|tenant',
      ],
      likely: ['account|organization|workspace|project disabled|blocked', 'account on hold'],
    },
    payment_processing: {
      sure: ['payment|charge|invoice ~1 processing .', 'payment in progress', 'payment still pending'],
    },
    authentication_required: {
      sure: [
        '3ds|3ds2|sca ~2 required|needed',
        '3d secure ~2 required|needed',
        'payment|card|invoice|charge|intent ~1 requires|required action|authentication|confirmation',
        'payment|card|invoice|charge|payer|customer ~1 authentication|action required|needed',
      ],
    },
    subscription_incomplete: {
      sure: [
        'subscription ~1 incomplete',
        'incomplete subscription',
        'first|initial payment ~1 failed|incomplete|pending',
      ],
    },
    card_declined: {
      sure: ['card|payment|charge|transaction ~1 declined|rejected|refused', 'declined card', 'invalid ~1 card'],
    },
    card_expired: { sure: ['card|payment ~1 expired', 'expired ~1 card|payment method', 'payment method ~1 expired'] },
    invoice_overdue: {
      sure: [
        'past due',
        'overdue',
        'unpaid',
        'delinquent',
        'outstanding invoice|invoices|balance',
        'suspended|blocked|restricted|locked ~2 payment|nonpayment|unpaid',
        'payment|invoice|bill late|outstanding',
        'dunning',
      ],
    },
    subscription_paused: { sure: ['subscription|plan|membership ~1 paused'] },
    subscription_canceled: {
      sure: [
        'subscription|membership|plan|license|licence ~1 canceled|cancelled|expired|ended|lapsed',
        'expired|canceled|cancelled subscription|license|licence|plan',
      ],
    },
    trial_ended: {
      sure: ['trial|trials|evaluation ~2 ended|expired|over|finished|complete|completed|elapsed', 'expired trial'],
    },
    no_payment_method: {
      sure: [
        'no|missing|without ~1 payment_method|payment_source|payment_information|card',
        'no|missing ~1 card|paymentmethod',
        'payment info|information|method|details ~1 not|isnt ~1 provided|found|set|configured',
        'payment_method|payment_source|card ~1 required|missing|needed|absent',
        'card required|missing',
        'add|requires|require ~1 payment method',
      ],
    },
    billing_details_missing: {
      sure: [
        'billing|tax|invoice|invoicing ~1 address|profile|location|id|country ~2 missing|required|incomplete|invalid',
        'missing|incomplete|invalid ~1 billing|tax|vat address|id|profile|location|number',
        'vat|gst ~1 id|number ~2 missing|required|invalid',
        'no billing address|profile',
      ],
    },
    spend_cap_reached: {
      sure: [
        'spend|spending|budget|cost|costs ~2 limit|cap|quota|allowance ~1 reached|exceeded|hit',
        'budget|spend|spending ~1 exceeded|exhausted|reached',
        'exceeded|over|reached ~2 budget|spend|spending',
        'spend|spending|budget limit|cap .',
        'spend|spending|cost|costs ~1 threshold exceeded|reached',
      ],
    },
    credits_exhausted: {
      sure: [
        'insufficient|no|not|low|out|lack|zero|negative ~2 credit|credits|balance',
        'credit|credits|balance ~1 not enough',
        'credit|credits|balance|wallet ~2 exhausted|insufficient|depleted|low|empty|used|gone|negative|required',
        'ai credit|credits ~1 limit|exceeded|reached',
        'credits exceeded|limit',
      ],
    },
    usage_limit_exceeded: {
      sure: [
        'usage ~2 limit|quota|cap|exceeded ~1 exceeded|reached|hit|exhausted',
        'usage exceeded|exhausted',
        'exceed|exceeded|over ~1 egress|storage|bandwidth|disk|transfer|database|db|size|usage quota|limit',
        'monthly|annual|yearly|plan|tier|package|free|included|subscription ~3 limit|quota|usage|allowance ~1 exceeded|reached|hit|exhausted',
        'storage|bandwidth|disk|egress|branch|branches|repo|repository|project|projects|repos|repositories|site|sites|domain|domains|document|documents|contact|contacts|build|minutes ~1 limit|quota ~1 exceeded|reached|hit|exhausted',
        'monthly request count',
        'user quota exceeded',
        'requests|tokens per day ~6 free tier',
        'free limit',
        'free usage limit',
        'quota|limit ~2 exceeded|reached ~1 plan|monthly|tier',
        'plan|tier|package limit',
      ],
      likely: ['quota|allowance|minutes ~1 exceeded|reached|exhausted', 'exceeded|over ~2 quota', 'out of quota'],
    },
    seat_limit: {
      sure: [
        'seat|seats|member|members|collaborator|collaborators|license|licenses|licence|licences|users ~2 limit|exceeded|reached|exhausted|full|maximum',
        'max|maximum|limit|too|no|not|insufficient|out ~3 seats|seat|members|collaborators|licenses|licences',
        'seats',
      ],
    },
    plan_lacks_feature: {
      sure: [
        'feature ~2 plan|tier|subscription|upgrade|gated|restricted|locked|entitled|entitlement',
        'feature ~2 not|un ~1 included|allowed',
        'feature missing|gated|locked|restricted',
        'not ~2 in|on|by ~1 plan|tier|subscription',
        'plan|tier|subscription|edition ~2 not|doesnt|insufficient|unsupported|lacks|upgrade|too ~2 supported|allowed|include|includes|support|available|required|feature|low',
        'requires|require ~1 premium|pro|enterprise|business|paid|plus',
        'premium|pro|enterprise|business|paid ~2 required|only',
        'paid only',
        'paid plan required',
        'missing entitlement|feature',
        'incompatible plan',
        'entitlement ~1 required|missing',
      ],
    },
    upstream_billing: {
      sure: ['upstream|provider|supplier|vendor ~2 payment|billing|quota|credits|balance|insufficient|unpaid'],
    },
    rate_limited: {
      sure: ['requests|tokens per minute|second'],
      likely: [
        'rate ~1 limit|limits|limited|limiting|exceeded',
        'ratelimit|ratelimited',
        'throttl*',
        'too many requests',
        'per minute|second|min',
      ],
    },
  },
  open: [
    // The cap of a plan, or the customer's own.
    [['spend_cap_reached', 'usage_limit_exceeded'], 'likely', ['cap exceeded|reached|hit']],
    [['seat_limit', 'usage_limit_exceeded'], 'likely', ['user limit ~1 reached|exceeded']],
    [
      ['rate_limited', 'usage_limit_exceeded'],
      'likely',
      [
        'limit ~1 exceeded|hit|reached',
        'requests ~2 limit|exceeded',
        'exceeded ~1 limit',
        'concurren* ~2 limit|exceeded',
        'daily ~3 limit|quota',
      ],
    ],
    [['plan_lacks_feature', 'usage_limit_exceeded'], 'hint', ['upgrade']],
    [
      ['plan_lacks_feature', 'unknown'],
      'likely',
      ['feature ~2 not|un ~1 available|enabled|supported', 'feature unavailable|disabled'],
    ],
    [
      ['upstream_billing', 'credits_exhausted', 'usage_limit_exceeded'],
      'sure',
      ['llm|openai|anthropic|gemini|provider ~1 quota ~1 exceeded|exhausted|reached'],
    ],
    [['rate_limited', 'usage_limit_exceeded'], 'likely', ['rate limit event']],
    [['unknown'], 'hint', ['payment required']],
  ],
  doubts: [],
  nothing: [
    'session|token|otp|password expired',
    'coupon|promotion|promo|voucher',
    'processing error',
    'too many attempts',
    'context|error|time|retry|latency|performance|size|document|flush|step|iteration|emphasis budget',
    'login|signin|password attempts',
    'invalid ~1 api key|token',
  ],
}
