import { documented } from '#sandbox/stripe/kernel/errors.ts'
import type { PaymentIntent } from '#sandbox/stripe/objects/intent.ts'
import { present } from '#sandbox/stripe/present.ts'
import type { World } from '#sandbox/stripe/world.ts'
import { giveReceipt } from './book-charge.ts'
import { keepMethod, type Attempt } from './charge-intent.ts'
import { change } from './record-event.ts'

/** Ends a bank debit that was in processing; `failure` is the bank's code, null when the money came. */
export function settleDebit(world: World, intent: PaymentIntent, failure: string | null): Attempt {
  const charge = world.tables.charge.get(intent.latest_charge ?? '')
  const method = world.tables.payment_method.get(intent.payment_method ?? '')
  if (charge === undefined || method === undefined) return { kind: 'processing' }
  intent.sandbox.settles = null
  if (failure === null) {
    change(world, charge, 'charge.succeeded', () => {
      Object.assign(charge, { status: 'succeeded', paid: true, amount_captured: charge.amount })
      giveReceipt(world, charge)
    })
    change(world, intent, 'payment_intent.succeeded', () =>
      Object.assign(intent, { status: 'succeeded', amount_received: intent.amount }),
    )
    keepMethod(world, intent, method)
    return { kind: 'succeeded' }
  }
  const message = 'The bank debit failed.'
  change(world, charge, 'charge.failed', () => {
    Object.assign(charge, {
      status: 'failed',
      paid: false,
      captured: false,
      failure_code: failure,
      failure_message: message,
    })
  })
  const error = documented({
    type: 'card_error',
    code: failure,
    message,
    charge: charge.id,
    payment_method: present(world, method),
  })
  change(world, intent, 'payment_intent.payment_failed', () => {
    Object.assign(intent, { status: 'requires_payment_method', payment_method: null, last_payment_error: error })
  })
  return { kind: 'failed', error }
}
