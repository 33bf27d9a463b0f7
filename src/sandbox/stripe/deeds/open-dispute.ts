import type { DisputeKind } from '#sandbox/stripe/cards.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import type { Charge } from '#sandbox/stripe/objects/charge.ts'
import { newDispute, type Dispute } from '#sandbox/stripe/objects/dispute.ts'
import type { World } from '#sandbox/stripe/world.ts'
import { record } from './record-event.ts'

const kinds: { [K in DisputeKind]: { reason: string; status: Dispute['status']; times: number } } = {
  fraudulent: { reason: 'fraudulent', status: 'needs_response', times: 1 },
  product_not_received: { reason: 'product_not_received', status: 'needs_response', times: 1 },
  inquiry: { reason: 'fraudulent', status: 'warning_needs_response', times: 1 },
  noncompliant: { reason: 'noncompliant', status: 'needs_response', times: 1 },
  prevented: { reason: 'fraudulent', status: 'prevented', times: 1 },
  multiple: { reason: 'fraudulent', status: 'needs_response', times: 2 },
}

/** The cardholder contests the charge with the bank. */
export function openDispute(world: World, charge: Charge, kind: DisputeKind): void {
  const { reason, status, times } = kinds[kind]
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
