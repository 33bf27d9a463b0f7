import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import type { World } from '#sandbox/stripe/world.ts'
import { change, record } from './record-event.ts'
import { voidInvoice } from './settle-invoice.ts'

/** Nothing changes, and the invoice is void. `expired` says that time ran out, not that something else was wanted. */
export function dropPendingUpdate(world: World, subscription: Subscription, expired = false): void {
  const invoice = world.tables.invoice.get(subscription.sandbox.pending?.invoice ?? '')
  change(world, subscription, 'customer.subscription.updated', () => {
    subscription.sandbox.pending = null
    subscription.pending_update = null
  })
  if (expired) record(world, 'customer.subscription.pending_update_expired', subscription)
  if (invoice?.status === 'open') voidInvoice(world, invoice)
}

/** True while the money for the change is on its way: then it is not given up. */
export function isBeingPaid(world: World, subscription: Subscription): boolean {
  const invoice = world.tables.invoice.get(subscription.sandbox.pending?.invoice ?? '')
  return world.tables.payment_intent.get(invoice?.sandbox.intent ?? '')?.status === 'processing'
}
