import type { Account, Instant, Invoice, Subscription, SubscriptionStatus } from './account.ts'
import type { Standing } from './diagnosis.ts'
import type { Policy } from './policy.ts'

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

/** Between two of Stripe's own steps a status says less than the invoice beside it. */
const exceptions: readonly {
  readonly holds: (account: Account, subscription: Subscription) => boolean
  readonly standing: Standing
}[] = [
  // Its first invoice was voided: nobody can pay it any more, and Stripe lets it expire.
  {
    holds: (account, subscription) =>
      subscription.status === 'incomplete' && !subscription.draft && openInvoicesOf(account, subscription).length === 0,
    standing: 'ended',
  },
  // The invoice of a resumption was written off: Stripe takes the subscription up without it.
  {
    holds: ({ openInvoices }, { id, status }) =>
      status === 'paused' &&
      openInvoices.some((invoice) => invoice.subscription === id && invoice.status === 'uncollectible'),
    standing: 'full',
  },
]

/**
 * Past-due access lasts `graceDays` from the due date of the oldest open invoice; the instant itself is too late. So
 * does that of an active subscription with an invoice that nobody pays (a failed charge outside its renewals). What
 * support has granted lasts as long as it says, for unpaid subscriptions too.
 */
export function standing(account: Account, subscription: Subscription, policy: Policy, now: Instant): Standing {
  const standing =
    exceptions.find((exception) => exception.holds(account, subscription))?.standing ?? byStatus[subscription.status]
  if (standing === 'full' && !hasFailed(account, subscription, now)) return 'full'
  if (standing === 'ended') return 'ended'
  const end = graceEnd(account, subscription, policy)
  if (standing === 'stopped')
    return subscription.status === 'unpaid' && end !== undefined && now < end ? 'grace' : 'stopped'
  return end === undefined || now < end ? 'grace' : 'stopped'
}

/** Trials and waiting changes run on whatever is unpaid beside them, and money on its way is as good as paid. */
function hasFailed(account: Account, subscription: Subscription, now: Instant): boolean {
  if (subscription.status !== 'active' || subscription.changing || subscription.uncollected) return false
  // An older one beside a paid renewal is a debt, but Stripe itself calls the subscription well.
  const latest = openInvoicesOf(account, subscription).find(({ id }) => id === subscription.latestInvoice)
  return latest !== undefined && latest.due <= now && latest.payment.state !== 'processing'
}

/**
 * When a past-due subscription loses its access: by the merchant's policy, or later where support has granted more time
 * for its oldest open invoice. Undefined when it owes nothing that we can see, or Stripe has given it up.
 */
export function graceEnd(account: Account, subscription: Subscription, policy: Policy): Instant | undefined {
  const oldest = openInvoicesOf(account, subscription)[0]
  if (!oldest) return undefined
  const granted = account.grace?.invoices.includes(oldest.id) ? account.grace.until : undefined
  if (subscription.status === 'unpaid') return granted
  const usual = oldest.due + policy.graceDays * DAY
  return granted === undefined ? usual : Math.max(usual, granted)
}

/**
 * A subscription's open invoices, oldest first: the order in which they are paid. One that was written off counts only
 * where it alone keeps an unpaid subscription closed.
 */
export function openInvoicesOf(account: Account, { id, status }: Subscription): readonly Invoice[] {
  const own = account.openInvoices
    .filter(({ subscription }) => subscription === id)
    .toSorted((a, b) => a.created - b.created)
  const open = own.filter((invoice) => invoice.status === 'open')
  return open.length === 0 && status === 'unpaid' ? own : open
}

/** The subscription begun last: the one that a customer without a living one is thought to want back. */
export function newest<T extends Pick<Subscription, 'created'>>(subscriptions: readonly T[]): T | undefined {
  return subscriptions.toSorted((a, b) => b.created - a.created)[0]
}

/** Whether a subscription is over for good: Stripe never revives it. */
export function isOver({ status }: Pick<Subscription, 'status'>): boolean {
  return byStatus[status] === 'ended'
}
