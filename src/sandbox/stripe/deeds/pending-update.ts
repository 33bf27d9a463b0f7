import type { Invoice } from '#sandbox/stripe/objects/invoice.ts'
import type { PendingChange, Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf, present } from '#sandbox/stripe/present.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { newSubscriptionItem } from '#sandbox/stripe/objects/subscription.ts'
import { applyItems } from './apply-items.ts'

const patience = 23 * 3600

/**
 * The change takes effect only when its invoice is paid: within 23 hours, and before the period or trial is over
 * (https://docs.stripe.com/billing/subscriptions/pending-updates-reference).
 */
export function holdUpdate(world: World, subscription: Subscription, pending: PendingChange): void {
  const now = timeOf(world, subscription.customer)
  const ends = itemsOf(world, subscription.id).map((item) => item.current_period_end)
  const unset = {
    cancel_at_period_end: null,
    discount: null,
    discounts: null,
    metadata: null,
    trial_end: null,
    trial_from_plan: null,
  }
  subscription.sandbox.pending = pending
  subscription.pending_update = {
    ...unset,
    billing_cycle_anchor: pending.fresh?.start ?? null,
    expires_at: Math.min(now + patience, subscription.trial_end ?? Infinity, ...ends),
    subscription_items: wouldBe(world, subscription, pending),
  }
}

function wouldBe(world: World, subscription: Subscription, { items, fresh }: PendingChange) {
  const held = itemsOf(world, subscription.id)
  const [first] = held
  return items.map(({ id, price, quantity, metadata }) => {
    const item = held.find((one) => one.id === id)
    const made = newSubscriptionItem({
      id: id ?? newId('si', 14),
      created: item?.created ?? timeOf(world, subscription.customer),
      current_period_start: fresh?.start ?? first?.current_period_start ?? 0,
      current_period_end: fresh?.end ?? first?.current_period_end ?? 0,
      quantity,
      subscription: subscription.id,
      sandbox: { price },
    })
    return present(world, { ...made, metadata })
  })
}

/** Its invoice is paid: what was wanted is so from here on. */
export function applyPendingUpdate(world: World, subscription: Subscription, invoice: Invoice): boolean {
  const { pending } = subscription.sandbox
  if (pending === null || pending.invoice !== invoice.id) return false
  applyItems(world, subscription, pending.items, pending.fresh ?? null)
  subscription.sandbox.pending = null
  subscription.pending_update = null
  return true
}
