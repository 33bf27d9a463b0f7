import type { Account, Instant } from './account.ts'
import type { Policy } from './policy.ts'
import { graceEnd, openInvoicesOf, standing } from './standing.ts'
import { holdBlocker } from './whole.ts'

/** What is past due, and when the merchant's own grace for it ends first: now at the earliest. */
export type PastDue = { readonly invoices: readonly string[]; readonly ends: Instant }

/**
 * What more time could be granted for: the open invoices of running plans that have lost their access for them, or will.
 * Undefined where there are none, or where another reason keeps everything closed whatever time is granted.
 */
export function pastDue(whole: Account, policy: Policy, now: Instant): PastDue | undefined {
  const { grace: _, ...account } = whole
  if (account.source === 'none' || account.customer === 'deleted' || holdBlocker(account, policy)) return undefined
  const owing = account.subscriptions.flatMap((subscription) => {
    const invoices = openInvoicesOf(account, subscription)
    const stands = standing(account, subscription, policy, now)
    if (subscription.status === 'incomplete' || subscription.status === 'paused') return []
    if (invoices.length === 0 || (stands !== 'grace' && stands !== 'stopped')) return []
    // Who contests a charge at the bank is the merchant's to talk with.
    if (invoices.some(({ payment }) => payment.disputed)) return []
    const end = stands === 'grace' ? graceEnd(account, subscription, policy) : undefined
    return [{ invoices: invoices.map(({ id }) => id), ends: end ?? now }]
  })
  if (owing.length === 0) return undefined
  return { invoices: owing.flatMap(({ invoices }) => invoices), ends: Math.min(...owing.map(({ ends }) => ends)) }
}
