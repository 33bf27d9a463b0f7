import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { PaymentIntent } from '#sandbox/stripe/objects/intent.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import { present } from '#sandbox/stripe/present.ts'
import type { World } from '#sandbox/stripe/world.ts'
import { attempt } from './charge-intent.ts'
import { followPayment } from './follow-payment.ts'
import { declinedBy, requireCurrency } from './pay-invoice.ts'

const confirmable = new Set(['requires_payment_method', 'requires_confirmation', 'requires_action'])

/**
 * Confirms a payment intent with `method`, or with the one it holds.
 * @throws {Refusal} 400 in a state that cannot be confirmed, 402 when declined
 */
export function confirmPayment(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod | undefined,
  offSession: boolean,
): void {
  if (!confirmable.has(intent.status)) throw unexpectedState(world, intent, 'confirm')
  const chosen = method ?? world.tables.payment_method.get(intent.payment_method ?? '')
  if (chosen === undefined) {
    const message =
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken."
    throw invalid(message, { code: 'payment_intent_unexpected_state', payment_intent: present(world, intent) })
  }
  requireCurrency(chosen, intent.currency)
  const ended = attempt(world, intent, chosen, { offSession })
  followPayment(world, intent, ended)
  if (ended.kind === 'failed') throw declinedBy(world, ended.error, intent)
}

export function unexpectedState(world: World, intent: PaymentIntent, deed: string) {
  const message = `You cannot ${deed} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${deed}ed: requires_payment_method, requires_confirmation, requires_action.`
  return invalid(message, { code: 'payment_intent_unexpected_state', payment_intent: present(world, intent) })
}
