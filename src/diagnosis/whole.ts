import type { Account, Instant, Subscription } from './account.ts'
import type { Blocker } from './diagnosis.ts'
import type { Demand } from './limits.ts'
import type { Policy } from './policy.ts'
import { debtOf, offerOf, whyOwed } from './rules.ts'
import { speak } from './speak.ts'
import { newest, openInvoicesOf } from './standing.ts'

/** Judgements about an account as a whole, when no single living subscription is to blame. */

export function holdBlocker({ hold, dispute }: Account, policy: Policy): Blocker | undefined {
  if (hold)
    return speak('account_frozen', hold.since, { cause: 'hold', ...(hold.note !== undefined && { note: hold.note }) })
  return dispute && policy.holdOnDispute ? speak('account_frozen', dispute.since, { cause: 'dispute' }) : undefined
}

/** The merchant serves nobody without these; unknown details are not missing ones. */
export function detailBlocker({ account: { details }, policy: { requiredDetails } }: Demand): Blocker[] | undefined {
  if (!details || !requiredDetails) return undefined
  const missing = requiredDetails.filter((field) => !details.includes(field))
  return missing.length > 0 ? [speak('billing_details_missing', undefined, { missing })] : undefined
}

/** Nothing lives any more: the plan begun last is the one that they are thought to want back. */
export function ended(account: Account, policy: Policy, now: Instant): Blocker {
  const last = newest(account.subscriptions)
  if (!last) return noPlan(policy)
  return unsettled(account, last, policy, now) ?? trialEnded(last) ?? canceled(last)
}

/** Money on its way may not be paid twice; what is owed is asked for first only where the merchant says so. */
function unsettled(account: Account, last: Subscription, policy: Policy, now: Instant): Blocker | undefined {
  const onItsWay = openInvoicesOf(account, last).filter(({ payment }) => payment.state === 'processing')
  const debt = debtOf(onItsWay, last)
  if (debt) return speak('payment_processing', onItsWay[0]?.created, { debt })
  return policy.settleBeforeRenewing ? whyOwed(account, last, now) : undefined
}

function trialEnded({ id, plan, trialEnd, endedAt }: Subscription): Blocker | undefined {
  if (trialEnd === undefined || endedAt === undefined || endedAt > trialEnd) return undefined
  return speak('trial_ended', endedAt, { subscription: id, plan, ended: endedAt })
}

function canceled(last: Subscription): Blocker {
  return speak('subscription_canceled', last.endedAt, {
    ...offerOf(last),
    began: last.status !== 'incomplete_expired',
    ...(last.endedAt !== undefined && { ended: last.endedAt }),
  })
}

/** Who never had a plan can choose one, where the merchant offers any. */
export function noPlan({ plans = {} }: Policy): Blocker {
  const isOnOffer = Object.values(plans).some(({ offered }) => offered)
  return speak('unknown', undefined, { cause: 'no_plan' }, isOnOffer ? 'choose-plan' : 'diagnosis')
}
