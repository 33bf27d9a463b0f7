import type { DisputeKind } from '#sandbox/stripe/cards.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import type { Charge } from '#sandbox/stripe/objects/charge.ts'
import { newDispute, type Dispute } from '#sandbox/stripe/objects/dispute.ts'
import type { World } from '#sandbox/stripe/world.ts'
import { change, record } from './record-event.ts'

export const disputeKinds: { [K in DisputeKind]: { reason: string; status: Dispute['status']; times: number } } = {
  fraudulent: { reason: 'fraudulent', status: 'needs_response', times: 1 },
  product_not_received: { reason: 'product_not_received', status: 'needs_response', times: 1 },
  inquiry: { reason: 'fraudulent', status: 'warning_needs_response', times: 1 },
  noncompliant: { reason: 'noncompliant', status: 'needs_response', times: 1 },
  prevented: { reason: 'fraudulent', status: 'prevented', times: 1 },
  multiple: { reason: 'fraudulent', status: 'needs_response', times: 2 },
}

/** The cardholder contests the charge with the bank. */
export function openDispute(world: World, charge: Charge, kind: DisputeKind): void {
  const { reason, status, times } = disputeKinds[kind]
  charge.disputed = true
  for (let count = 0; count < times; count++) {
    const { amount, created, currency, payment_intent } = charge
    const dispute = newDispute({
      id: newId('du'),
      amount,
      charge: charge.id,
      created,
      currency,
      payment_intent,
      reason,
      status,
    })
    world.tables.dispute.set(dispute.id, dispute)
    record(world, 'charge.dispute.created', dispute)
  }
}

const closed = new Set<Dispute['status']>(['won', 'lost', 'warning_closed', 'prevented'])

/** Takes a dispute further; a decided one is closed. The charge stays one that was disputed. */
export function moveDispute(world: World, dispute: Dispute, status: Dispute['status']): void {
  change(world, dispute, 'charge.dispute.updated', () => {
    dispute.status = status
  })
  if (closed.has(status)) record(world, 'charge.dispute.closed', dispute)
}
