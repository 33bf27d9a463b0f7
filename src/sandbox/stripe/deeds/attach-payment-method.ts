import { cardByNumber, declineMessage, type Decline } from '#sandbox/stripe/cards.ts'
import { declined, invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import { present } from '#sandbox/stripe/present.ts'
import { rows, type World } from '#sandbox/stripe/world.ts'
import { change, record } from './record-event.ts'

/** What the issuer says when the card is put on file; null when nothing is wrong. */
export function attachDecline(method: PaymentMethod): Decline | null {
  if (method.type !== 'card') return null
  const { attach } = cardByNumber(method.sandbox.behaves)
  if (attach === 'ok') return null
  // The CVC is only checked when one was given.
  return attach.code === 'incorrect_cvc' && !method.sandbox.cvcGiven ? null : attach
}

/** Puts the method on the customer's file. It becomes nobody's default by this. */
export function attach(world: World, method: PaymentMethod, customer: string): void {
  if (method.customer === customer) return
  if (method.customer !== null)
    throw invalid('The payment method you provided has already been attached to a customer.')
  method.customer = customer
  if (method.card !== undefined) {
    const { checks } = cardByNumber(method.sandbox.behaves)
    const { line1, postal_code: postcode } = method.billing_details.address ?? { line1: null, postal_code: null }
    method.card.checks = {
      cvc_check: method.sandbox.cvcGiven ? (checks.cvc ?? 'pass') : null,
      address_postal_code_check: postcode === null ? null : (checks.postcode ?? 'pass'),
      address_line1_check: line1 === null ? null : (checks.line1 ?? 'pass'),
    }
  }
  record(world, 'payment_method.attached', method)
}

/**
 * Takes the method off the file for good, and out of every default that named it.
 * @throws {Refusal} 400 when it is on nobody's file
 */
export function detach(world: World, method: PaymentMethod): void {
  const { customer } = method
  if (customer === null) {
    throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.')
  }
  method.customer = null
  method.sandbox.detached = true
  record(world, 'payment_method.detached', method, { customer })
  const owner = world.tables.customer.get(customer)
  if (owner?.invoice_settings.default_payment_method === method.id) {
    change(world, owner, 'customer.updated', () => {
      owner.invoice_settings.default_payment_method = null
    })
  }
  for (const subscription of rows(world, 'subscription')) {
    if (subscription.default_payment_method !== method.id) continue
    change(world, subscription, 'customer.subscription.updated', () => {
      subscription.default_payment_method = null
    })
  }
}

/** The 402 for a card that the issuer will not have put on file. */
export function refuseAttach(world: World, method: PaymentMethod, decline: Decline) {
  const { blocked: _, ...codes } = decline
  return declined({ ...codes, message: declineMessage(decline), payment_method: present(world, method) })
}
