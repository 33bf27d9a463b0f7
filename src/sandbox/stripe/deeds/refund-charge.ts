import { cardByNumber } from '#sandbox/stripe/cards.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { newRefund, type Charge, type Refund } from '#sandbox/stripe/objects/charge.ts'
import { mergeMetadata, type Metadata } from '#sandbox/stripe/objects/customer.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import { change, record } from './record-event.ts'

type Wanted = {
  /** In minor units; all that is left without it. */
  amount?: number | undefined
  metadata?: Metadata | null | undefined
  reason?: string | undefined
}

/** Gives back what a charge took, or a part of it. @throws {Refusal} 400 when there is not as much left to give back */
export function refundCharge(world: World, charge: Charge, wanted: Wanted): Refund {
  if (charge.refunded)
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  if (charge.status !== 'succeeded') throw invalid('This charge cannot be refunded.', { code: 'charge_not_refundable' })
  const left = charge.amount - charge.amount_refunded
  const amount = wanted.amount ?? left
  if (amount < 1 || amount > left)
    throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    })
  const method = world.tables.payment_method.get(charge.payment_method)
  const behaviour = method?.type === 'card' ? cardByNumber(method.sandbox.behaves).refund : undefined
  const made = newRefund({
    id: newId('re'),
    amount,
    charge: charge.id,
    created: timeOf(world, charge.customer),
    currency: charge.currency,
    customer: charge.customer,
    metadata: mergeMetadata({}, wanted.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: wanted.reason ?? null,
    status: behaviour === 'pending' ? 'pending' : 'succeeded',
  })
  world.tables.refund.set(made.id, made)
  record(world, 'refund.created', made)
  change(world, charge, 'charge.refunded', () => {
    charge.amount_refunded += amount
    charge.refunded = charge.amount_refunded === charge.amount
  })
  return made
}
