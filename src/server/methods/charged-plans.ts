import type { ChargedPlan } from '#contract/methods.ts'
import { methodFor, type Account, type Subscription, type SubscriptionStatus } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'

/** Stripe lets nothing be changed on one that is incomplete, and the others are over. */
const living: readonly SubscriptionStatus[] = ['trialing', 'active', 'past_due', 'unpaid', 'paused']

/** Plans that are charged to a method, or (undefined) for which there is none. */
export function plansChargedTo(facts: Account, method: string | undefined): readonly ChargedPlan[] {
  return facts.subscriptions
    .filter(({ status }) => living.includes(status))
    .filter((subscription) => methodFor(facts, subscription)?.id === method)
    .map((subscription) => ({
      subscription: subscription.id,
      plan: subscription.plan,
      own: subscription.method !== undefined,
      ...compact({ next: nextCharge(facts, subscription), currency: subscription.currency }),
    }))
}

/** What a method has to pay in: as the default (for the plans without one of their own), and for these plans. */
export function currenciesCharged(
  { subscriptions }: Account,
  { isDefault, plans }: { readonly isDefault: boolean; readonly plans: readonly string[] },
): readonly string[] {
  return subscriptions
    .filter(({ status }) => living.includes(status))
    .filter(({ id, method }) => plans.includes(id) || (isDefault && method === undefined))
    .flatMap(({ currency }) => currency ?? [])
}

/** Subscriptions that may be given another method. */
export function changeable({ subscriptions }: Account): readonly string[] {
  return subscriptions.filter(({ status }) => living.includes(status)).map(({ id }) => id)
}

/** Whether nothing may be taken away from it: something is charged or owed, or will be. */
export function isNeeded(facts: Account, { subscription, next }: ChargedPlan): boolean {
  return next !== undefined || facts.openInvoices.some((invoice) => invoice.subscription === subscription)
}

/** A retry that Stripe has planned comes before the renewal. */
function nextCharge(facts: Account, subscription: Subscription): ChargedPlan['next'] {
  const { id, status, price, periodEnd, trialEnd, cancelAt, uncollected } = subscription
  const retry = facts.openInvoices.find(
    ({ subscription: of, nextAttempt, collection }) =>
      of === id && nextAttempt !== undefined && collection === 'charge_automatically',
  )
  if (retry?.nextAttempt !== undefined) return { at: retry.nextAttempt, amount: retry.remaining }
  const at = status === 'trialing' ? (trialEnd ?? periodEnd) : periodEnd
  const isOver = cancelAt !== undefined && cancelAt <= at
  if (status === 'paused' || status === 'unpaid' || uncollected === true || isOver) return undefined
  return { at, ...compact({ amount: price }) }
}
