import type { Warned } from '#contract/check.ts'
import { fixLabels } from '#diagnosis/fix-labels.ts'
import type { Warning } from '#diagnosis/diagnosis.ts'
import { reasonFacts, type Reason } from '#diagnosis/reason.ts'
import type { App, Config } from './config.ts'
import { plainFixUrl } from './refusal.ts'
import { iso } from './refusal-detail.ts'

/** What a banner says while everything still works: not yet what the refusal would say. */
const titles = {
  account_frozen: 'The account may be put on hold',
  payment_processing: 'A payment is still being processed',
  authentication_required: 'Your bank wants you to confirm a payment',
  subscription_incomplete: 'The first payment is not completed yet',
  card_declined: 'The last payment was declined',
  card_expired: 'The card on file expires before the next payment',
  invoice_overdue: 'An invoice is overdue',
  subscription_paused: 'The subscription is about to be paused',
  subscription_canceled: 'The subscription is about to end',
  trial_ended: 'The trial is about to end',
  no_payment_method: 'There is no payment method for the next payment',
  billing_details_missing: 'Billing details are missing',
  spend_cap_reached: 'Your spending limit has been reached',
  credits_exhausted: 'Credits are running out',
  usage_limit_exceeded: 'What the plan includes is used up',
  seat_limit: 'All seats are taken',
  plan_lacks_feature: 'The plan does not include everything you use',
  upstream_billing: 'The service may be interrupted on our side',
  rate_limited: 'Requests are close to the limit',
  unknown: 'Billing needs attention',
} as const satisfies Record<Reason, string>

export function titleOfWarning({ reason }: Pick<Warning, 'reason'>): string {
  return titles[reason]
}

/**
 * What an app needs for a banner. No check is written down for it: the link is the plain one, and a person who is signed in
 * at the app is let in through `POST /v1/sessions`.
 */
export function warningFor({ origin }: Config, app: App, { reason, fix, at }: Warning): Warned {
  const { slug, who } = reasonFacts[reason]
  return {
    type: `${origin}/problems/${slug}`,
    title: titles[reason],
    reason,
    ...(at !== undefined && { at: iso(at) }),
    fix: { url: plainFixUrl(origin, app.id, reason), label: fixLabels[fix], who },
  }
}
