import type { Fix, Reason } from '#diagnosis/reason.ts'
import { fixLabels } from '#diagnosis/fix-labels.ts'
import type { Letter } from './letter.ts'
import { dayAndTime, oneLine } from '#server/plain.ts'

/** What is wrong, inside a sentence: nobody's fault and no amounts, since letters are forwarded. */
export const causes = {
  account_frozen: 'the account is on hold',
  payment_processing: 'a payment is still on its way',
  authentication_required: 'the bank wants a payment confirmed',
  subscription_incomplete: 'the first payment is not finished',
  card_declined: 'the card on file was declined',
  card_expired: 'the card on file has expired',
  invoice_overdue: 'an invoice is overdue',
  subscription_paused: 'the subscription is paused',
  subscription_canceled: 'the subscription has ended',
  trial_ended: 'the trial has ended',
  no_payment_method: 'there is no card on file',
  billing_details_missing: 'billing details are missing',
  spend_cap_reached: 'the spending limit is reached',
  credits_exhausted: 'the credits are used up',
  usage_limit_exceeded: 'all that the plan includes is used',
  seat_limit: 'all seats are taken',
  plan_lacks_feature: 'the plan does not include what is needed',
  upstream_billing: 'the service is interrupted',
  rate_limited: 'there were too many requests',
  unknown: 'billing needs attention',
} as const satisfies Record<Reason, string>

export type AskWords = {
  readonly merchant: string
  readonly app: string
  readonly account: string
  readonly reason: Reason
  readonly fix: Fix
  /** False while it still works and will stop later. */
  readonly stopped: boolean
  readonly asker: string | undefined
  readonly asked: string | undefined
  /** Unix seconds. */
  readonly expires: number
}

/** "Maps API is paused for Acme GmbH": cause, consequence, one link. */
export function askLetter({ merchant, app, account, reason, fix, stopped, asker, asked, expires }: AskWords): Letter {
  const cause = causes[reason]
  const who = asker ?? `A member of ${account}`
  return {
    subject: oneLine(
      stopped ? `${app} is paused for ${account}: ${cause}` : `${app} will stop for ${account}: ${cause}`,
    ),
    greeting: asked === undefined ? 'Hello,' : `Hello ${asked},`,
    paragraphs: [
      stopped
        ? `${who} cannot go on working in ${app}: ${cause}. ${app} stays paused for ${account} until this is mended.`
        : `${who} saw that ${app} will stop for ${account}: ${cause}. Mended in time, nobody is stopped.`,
      `${who} cannot mend it and asks you to. It takes about a minute.`,
    ],
    action: fixLabels[fix],
    foot: [
      `The link signs you in${asked === undefined ? '' : ` as ${asked}`}. It opens once, until ${dayAndTime(expires)}. Keep it to yourself.`,
      `${merchant} sends this because ${who} asked for it. If you did not expect it, you need not do anything.`,
    ],
  }
}
