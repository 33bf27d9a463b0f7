import { cardByNumber, type Decline } from '#sandbox/stripe/cards.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { declined, invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { SetupIntent } from '#sandbox/stripe/objects/intent.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import { present } from '#sandbox/stripe/present.ts'
import { rows, type World } from '#sandbox/stripe/world.ts'
import { attach, attachDecline } from './attach-payment-method.ts'
import { toError } from './charge-intent.ts'
import { change } from './record-event.ts'

const confirmable = new Set(['requires_payment_method', 'requires_confirmation', 'requires_action'])

/**
 * Confirms a set-up intent: the method is put on file, after the bank's check where the card asks for one;
 * `askDeposits` makes a bank account wait that is to be verified with microdeposits.
 * @throws {Refusal} 400 in a state that cannot be confirmed, 402 when the issuer refuses
 */
export function confirmSetup(
  world: World,
  intent: SetupIntent,
  method: PaymentMethod | undefined,
  askDeposits: (method: PaymentMethod) => void,
): void {
  if (!confirmable.has(intent.status)) throw unexpectedSetupState(world, intent, 'confirm')
  const chosen = method ?? world.tables.payment_method.get(intent.payment_method ?? '')
  if (chosen === undefined) {
    const message =
      "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again."
    throw invalid(message, { code: 'setup_intent_unexpected_state', setup_intent: present(world, intent) })
  }
  const decline = attachDecline(chosen)
  if (decline !== null) throw failSetup(world, intent, chosen, decline)
  if (chosen.type === 'card' && cardByNumber(chosen.sandbox.behaves).setup === 'challenge')
    return challenge(world, intent, chosen)
  const wanted = intent.sandbox.microdeposits ?? world.settings.bank_verification === 'microdeposits'
  if (chosen.type === 'us_bank_account' && wanted && !chosen.sandbox.setUp) return askDeposits(chosen)
  completeSetup(world, intent, chosen)
}

/** The method is the customer's from here on, and good for charges without the cardholder. It is no default. */
export function completeSetup(world: World, intent: SetupIntent, method: PaymentMethod): void {
  if (intent.customer !== null) attach(world, method, intent.customer)
  method.sandbox.setUp = true
  change(world, intent, 'setup_intent.succeeded', () => {
    Object.assign(intent, { status: 'succeeded', payment_method: method.id, next_action: null, last_setup_error: null })
  })
  for (const subscription of rows(world, 'subscription')) {
    if (subscription.pending_setup_intent !== intent.id) continue
    change(world, subscription, 'customer.subscription.updated', () => {
      subscription.pending_setup_intent = null
      subscription.default_payment_method ??= method.id
    })
  }
}

function failSetup(world: World, intent: SetupIntent, method: PaymentMethod, decline: Decline) {
  const error = toError(world, method, decline)
  change(world, intent, 'setup_intent.setup_failed', () => {
    Object.assign(intent, {
      status: 'requires_payment_method',
      payment_method: null,
      next_action: null,
      last_setup_error: error,
    })
  })
  const { type: _, ...body } = error
  return declined({ ...body, setup_intent: present(world, intent) })
}

function challenge(world: World, intent: SetupIntent, method: PaymentMethod): void {
  const url = `${world.origin}/3ds/${intent.id}?client_secret=${intent.client_secret}`
  const { returnUrl } = intent.sandbox
  change(world, intent, 'setup_intent.requires_action', () => {
    intent.status = 'requires_action'
    intent.payment_method = method.id
    intent.next_action =
      returnUrl === null
        ? {
            type: 'use_stripe_sdk',
            use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url, source: newId('src') },
          }
        : { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } }
  })
}

export function unexpectedSetupState(world: World, intent: SetupIntent, deed: string) {
  const message = `You cannot ${deed} this SetupIntent because it has a status of ${intent.status}.`
  return invalid(message, { code: 'setup_intent_unexpected_state', setup_intent: present(world, intent) })
}
