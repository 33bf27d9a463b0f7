import { documented, invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { SetupIntent } from '#sandbox/stripe/objects/intent.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import { present } from '#sandbox/stripe/present.ts'
import { timeOf, type World } from '#sandbox/stripe/world.ts'
import { completeSetup } from './confirm-setup.ts'
import { change } from './record-event.ts'

const arrivalDays = 2

/** Cents of the two deposits, or the code in their text, and what comes of naming them (docs.stripe.com/testing). */
const answers: { amounts: [number, number]; code: string; outcome: 'right' | 'exceeded' | 'timeout' }[] = [
  { amounts: [32, 45], code: 'SM11AA', outcome: 'right' },
  { amounts: [10, 11], code: 'SM33CC', outcome: 'exceeded' },
  { amounts: [40, 41], code: 'SM44DD', outcome: 'timeout' },
]

/** The bank account waits for its owner to say what was deposited. */
export function askForMicrodeposits(world: World, intent: SetupIntent, method: PaymentMethod): void {
  const url = `${world.origin}/3ds/${intent.id}?client_secret=${intent.client_secret}`
  const arrival = timeOf(world, intent.customer) + arrivalDays * 86_400
  change(world, intent, 'setup_intent.requires_action', () => {
    intent.status = 'requires_action'
    intent.payment_method = method.id
    intent.next_action = {
      type: 'verify_with_microdeposits',
      verify_with_microdeposits: {
        arrival_date: arrival,
        hosted_verification_url: url,
        microdeposit_type: 'descriptor_code',
      },
    }
  })
}

export type MicrodepositAnswer = { amounts?: number[] | undefined; descriptor_code?: string | undefined }

/** @throws {Refusal} 400 when nothing waits to be verified, or what was named is not what was deposited */
export function verifyMicrodeposits(world: World, intent: SetupIntent, given: MicrodepositAnswer): void {
  const method = world.tables.payment_method.get(intent.payment_method ?? '')
  if (intent.next_action?.type !== 'verify_with_microdeposits' || method === undefined) {
    const message = `This SetupIntent has no microdeposits to verify: its status is ${intent.status}.`
    throw invalid(message, { code: 'setup_intent_unexpected_state', setup_intent: present(world, intent) })
  }
  const named = given.amounts?.toSorted((a, b) => a - b).join()
  const answer = answers.find((one) => one.code === given.descriptor_code || one.amounts.join() === named)
  if (answer?.outcome === 'right') return completeSetup(world, intent, method)
  if (answer?.outcome === 'exceeded') throw giveUp(world, intent, method)
  const by = given.amounts === undefined ? 'descriptor_code' : 'amounts'
  const code =
    answer?.outcome === 'timeout'
      ? 'payment_method_microdeposit_verification_timeout'
      : `payment_method_microdeposit_verification_${by}_mismatch`
  throw invalid('The microdeposits could not be verified with what was provided.', {
    code,
    setup_intent: present(world, intent),
  })
}

function giveUp(world: World, intent: SetupIntent, method: PaymentMethod) {
  const code = 'payment_method_microdeposit_verification_attempts_exceeded'
  const message = 'You have exceeded the number of allowed verification attempts.'
  const body = { type: 'invalid_request_error' as const, code, message, payment_method: present(world, method) }
  change(world, intent, 'setup_intent.setup_failed', () => {
    Object.assign(intent, { status: 'requires_payment_method', payment_method: null, next_action: null })
    intent.last_setup_error = documented(body)
  })
  return invalid(message, { code, setup_intent: present(world, intent) })
}
