import type { Account, Instant, Invoice, Policy, Subscription, SubscriptionStatus } from './account.ts'
import type { Standing } from './diagnosis.ts'

const DAY = 86_400

/** https://docs.stripe.com/billing/subscriptions/overview: provision on trialing and active; past_due is our choice. */
const byStatus = {
  trialing: 'full',
  active: 'full',
  past_due: 'grace',
  unpaid: 'stopped',
  incomplete: 'stopped',
  paused: 'stopped',
  incomplete_expired: 'ended',
  canceled: 'ended',
} as const satisfies Record<SubscriptionStatus, Standing>

/** Past-due access lasts `graceDays` from the due date of the oldest open invoice; the instant itself is too late. */
export function standing(account: Account, subscription: Subscription, policy: Policy, now: Instant): Standing {
  const standing = byStatus[subscription.status]
  if (standing !== 'grace') return standing
  const end = graceEnd(account, subscription, policy)
  return end === undefined || now < end ? 'grace' : 'stopped'
}

/** When a past-due subscription loses its access; undefined when it owes nothing that we can see. */
export function graceEnd(account: Account, subscription: Subscription, policy: Policy): Instant | undefined {
  const oldest = openInvoicesOf(account, subscription)[0]
  return oldest && oldest.due + policy.graceDays * DAY
}

/** A subscription's open invoices, oldest first: the order in which they are paid. */
export function openInvoicesOf(account: Account, subscription: Subscription): readonly Invoice[] {
  return account.openInvoices
    .filter((invoice) => invoice.subscription === subscription.id)
    .toSorted((a, b) => a.created - b.created)
}

/** The subscription begun last: the one that a customer without a living one is thought to want back. */
export function newest<T extends Pick<Subscription, 'created'>>(subscriptions: readonly T[]): T | undefined {
  return subscriptions.toSorted((a, b) => b.created - a.created)[0]
}

/** Whether a subscription is over for good: Stripe never revives it. */
export function isOver({ status }: Pick<Subscription, 'status'>): boolean {
  return byStatus[status] === 'ended'
}
