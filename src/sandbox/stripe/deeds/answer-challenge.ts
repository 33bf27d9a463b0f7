import { documented } from '#sandbox/stripe/kernel/errors.ts'
import type { PaymentIntent, SetupIntent } from '#sandbox/stripe/objects/intent.ts'
import { present } from '#sandbox/stripe/present.ts'
import type { World } from '#sandbox/stripe/world.ts'
import { attempt } from './charge-intent.ts'
import { completeSetup } from './confirm-setup.ts'
import { followPayment } from './follow-payment.ts'
import { change, record } from './record-event.ts'

/** The cardholder answered the bank: the payment goes to the issuer, or returns to needing a method. */
export function answerPaymentChallenge(world: World, intent: PaymentIntent, passed: boolean): void {
  const method = world.tables.payment_method.get(intent.payment_method ?? '')
  if (intent.status !== 'requires_action' || method === undefined) return
  if (passed) {
    followPayment(world, intent, attempt(world, intent, method, { offSession: false, authenticated: true }))
    return
  }
  const code = 'payment_intent_authentication_failure'
  const message =
    'We are unable to authenticate your payment method. Please choose a different payment method and try again.'
  const error = documented({ type: 'invalid_request_error', code, message, payment_method: present(world, method) })
  change(world, intent, 'payment_intent.payment_failed', () => {
    Object.assign(intent, {
      status: 'requires_payment_method',
      payment_method: null,
      next_action: null,
      last_payment_error: error,
    })
  })
  const invoice = world.tables.invoice.get(intent.sandbox.invoice ?? '')
  if (invoice !== undefined) record(world, 'invoice.payment_failed', invoice)
}

export function answerSetupChallenge(world: World, intent: SetupIntent, passed: boolean): void {
  const method = world.tables.payment_method.get(intent.payment_method ?? '')
  if (intent.status !== 'requires_action' || method === undefined) return
  if (passed) return completeSetup(world, intent, method)
  const code = 'setup_intent_authentication_failure'
  const message = 'The latest attempt to set up the payment method has failed because authentication failed.'
  const error = documented({ type: 'invalid_request_error', code, message, payment_method: present(world, method) })
  change(world, intent, 'setup_intent.setup_failed', () => {
    Object.assign(intent, {
      status: 'requires_payment_method',
      payment_method: null,
      next_action: null,
      last_setup_error: error,
    })
  })
}
