import type { Reason, Retry, Who } from '#diagnosis/reason.ts'

type Words = {
  /** What has happened, for everybody. */
  readonly meaning: string
  /** For whoever pays: what lifts it. */
  readonly remedy: string
  /** For whoever wrote the program: what is particular about this one; the retry rule says the rest. */
  readonly program: string
}

export const reasonWords = {
  account_frozen: {
    meaning: 'The provider has put this account on hold, for instance because a charge is disputed at the bank.',
    remedy: 'Only the provider can release it. Paying again does not help; write to them and give the reference.',
    program: 'The status is 403, not 402: there is nothing to pay. Stop all work of this account.',
  },
  payment_processing: {
    meaning: 'A payment was begun and the bank has not answered yet. Bank debits take days.',
    remedy: 'Nothing has to be done. Do not pay again: the payment would be taken twice.',
    program: 'Poll instead of repeating the request, and never offer to pay in the meantime.',
  },
  authentication_required: {
    meaning: 'The bank accepts the card, and wants its holder to confirm this payment (3-D Secure).',
    remedy: 'Whoever holds the card opens the link and confirms in their banking app. It takes a minute.',
    program: 'No program can do this. Pass the link on to a person.',
  },
  subscription_incomplete: {
    meaning: 'A plan was chosen, and its first payment was never completed. It has not begun yet.',
    remedy:
      'Finish the payment through the link you were given. Unfinished ones lapse after 23 hours; then a plan is chosen anew.',
    program: 'Nothing has been bought so far: treat the account as one without a plan.',
  },
  card_declined: {
    meaning: 'The bank refused the last payment, so an invoice is open.',
    remedy: 'Another card lifts the block and pays what is open in one step. The bank knows why it declined.',
    program: 'Why the bank declined is deliberately not told. Do not try the payment again by program.',
  },
  card_expired: {
    meaning: 'The card on file is past its date, so an invoice could not be collected.',
    remedy: 'A new card lifts the block and pays what is open in one step.',
    program: 'Before it happens a check warns with the same reason while it still allows: show that to billing admins.',
  },
  invoice_overdue: {
    meaning: 'An invoice is open past its due date and past the days of grace.',
    remedy: 'Pay it through the link you were given. Access comes back as soon as it is paid.',
    program: 'The blocker’s detail has invoice, amount and currency, for those who may see them.',
  },
  subscription_paused: {
    meaning: 'The subscription is paused: nothing is charged and nothing is served.',
    remedy: 'Resume it through the link you were given, which shows what that costs before anything is charged.',
    program: 'It stays paused until a person resumes it.',
  },
  subscription_canceled: {
    meaning: 'The subscription has ended.',
    remedy: 'Renew it through the link you were given, or do nothing: nothing more is charged.',
    program: 'Keep the account’s data as you have promised; only serving has stopped.',
  },
  trial_ended: {
    meaning: 'The trial is over and no plan was chosen.',
    remedy: 'Choose a plan through the link you were given. Nothing was charged for the trial.',
    program: 'Offer the link, not a payment form of your own.',
  },
  no_payment_method: {
    meaning: 'A payment is due and there is nothing on file to take it from.',
    remedy: 'Add a card through the link you were given; what is open is paid in the same step.',
    program: 'Before it happens a check warns with the same reason while it still allows.',
  },
  billing_details_missing: {
    meaning: 'The name, the address or the tax number that an invoice needs is missing.',
    remedy: 'Fill them in through the link you were given. Nothing is charged for saving them.',
    program: 'The blocker’s detail lists what is missing.',
  },
  spend_cap_reached: {
    meaning: 'The customer has set a limit for what may be spent in a period, and it is reached.',
    remedy: 'Raise the limit through the link you were given, or wait until the next period begins.',
    program:
      'It may belong to a single key of the app’s API (`api_key` in the detail): the account itself is fine then.',
  },
  credits_exhausted: {
    meaning: 'The prepaid credits do not suffice for this request.',
    remedy: 'Buy credits through the link you were given. A smaller request may pass at once.',
    program: 'With `retry: "smaller_request"` so many units as `subject.remaining` says are served at once.',
  },
  usage_limit_exceeded: {
    meaning: 'All that the plan includes of this meter in the period is used.',
    remedy: 'Raise the limit through the link you were given, or wait until `resets_at`.',
    program: 'Requests that do not use this meter are still served: park those that do.',
  },
  seat_limit: {
    meaning: 'Every seat of the plan is taken.',
    remedy: 'Free a seat in the app, or add some through the link you were given.',
    program: 'Only whoever would need a new seat is refused; those who have one go on.',
  },
  plan_lacks_feature: {
    meaning: 'The plan does not include the feature that was asked for.',
    remedy: 'Choose a plan that has it through the link you were given.',
    program: 'The blocker’s detail lists the plans that have it. Everything else is still served.',
  },
  upstream_billing: {
    meaning: 'The provider’s own supplier does not serve them. The customer owes nothing.',
    remedy: 'Nothing has to be done or paid.',
    program: 'The status is 503. Never show a payment screen for it.',
  },
  rate_limited: {
    meaning: 'More was asked for in a short time than the plan serves.',
    remedy: 'Wait a moment. Nothing has to be paid.',
    program: 'The status is 429. `RateLimit` and `RateLimit-Policy` say how much is served in which time.',
  },
  unknown: {
    meaning: 'Something about the billing of this account needs attention, and more is not known or not told here.',
    remedy: 'Whoever looks after billing opens the link, which finds out what is wrong.',
    program:
      'This is also what visitors of a customer are told, and how a reason is to be read that your version does not know.',
  },
} as const satisfies Record<Reason, Words>

export const retryWords = {
  after_fix: 'Do not repeat the request before it is fixed. Poll `poll.url`; go on when `allowed` is true.',
  after_reset: 'Repeat it after `Retry-After`, not before. Nothing else is needed.',
  poll: 'Poll `poll.url` as often as `Retry-After` says. Nothing else can be done.',
  smaller_request: 'Ask for at most `subject.remaining`; the same request again is refused again.',
  never: 'Do not repeat the request.',
} as const satisfies Record<Retry, string>

export const whoWords = {
  payer: 'Whoever holds the card',
  billing_admin: 'An owner or billing admin of the account',
  vendor: 'The provider',
  nobody: 'Nobody: it passes by itself',
  developer: 'Whoever wrote the calling program',
} as const satisfies Record<Who, string>
