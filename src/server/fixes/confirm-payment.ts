import { PayRequestSchema, type Outcome } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import { sha256 } from '#server/token.ts'
import { findStoppedPlan, settleAttempt, type AttemptRecord } from '#server/store/attempts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { payInvoice, type InvoiceState } from '#server/stripe/pay-invoice.ts'
import { declinedBy } from './declined-by.ts'
import type { Payer } from './deed.ts'
import { payWith } from './pay-invoice.ts'
import { outcomeOf, ownInvoice } from './pay-plan.ts'

/** Asks for the bank's check of the invoice's own payment: never a second payment beside it. */
export async function beginConfirmation(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { invoice, key }: { invoice: string; key: string },
): Promise<Outcome> {
  const state = await ownInvoice(hands, invoice, payer.customer)
  if (payer.guest) return readForGuest(state, await findStoppedPlan(hands.database, session, invoice))
  const method = state.payment.error?.method?.id ?? payer.facts.method?.id
  if (settled(state) || state.payment.state === 'requires_action' || method === undefined) return read(state)
  // The bank refused an unseen charge: asked again with the person present, it opens its check.
  const result = await payInvoice(hands.stripe, invoice, {
    method,
    offSession: false,
    key: sha256(`${key} ${invoice}`),
  })
  return outcomeOf(invoice, result)
}

/** Reads what came of the check, and goes on with the rest of a plan that stopped for it. */
export async function finishConfirmation(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { invoice }: { invoice: string },
): Promise<Outcome> {
  const state = await ownInvoice(hands, invoice, payer.customer)
  const stopped = await findStoppedPlan(hands.database, session, invoice)
  const outcome = payer.guest ? readForGuest(state, stopped) : read(state)
  if (outcome.kind === 'confirm' || !stopped) return outcome
  const rest = outcome.kind === 'done' ? await payRest(hands, payer, session, stopped) : outcome
  await settleAttempt(hands.database, stopped, rest, hands.now())
  return rest
}

/** The same deed once more: what was done is skipped, and a new card is pinned where that was not possible before. */
async function payRest(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { request, key }: AttemptRecord,
): Promise<Outcome> {
  const asked = PayRequestSchema.safeParse(request)
  if (!asked.success) return { kind: 'done' }
  return payWith(hands, payer, session, { ...asked.data, key })
}

/** What the bank says of another's card is not for guests, nor is its check; that the invoice is paid is. */
function readForGuest(state: InvoiceState, own: AttemptRecord | undefined): Outcome {
  return own || settled(state) ? read(state) : { kind: 'stale' }
}

function settled({ status, payment }: InvoiceState): boolean {
  return status === 'paid' || payment.state === 'processing' || payment.state === 'succeeded'
}

function read(state: InvoiceState): Outcome {
  const { payment } = state
  if (state.status === 'paid') return { kind: 'done' }
  if (payment.state === 'processing' || payment.state === 'succeeded') return { kind: 'processing' }
  if (payment.state === 'requires_action' && state.clientSecret) {
    return { kind: 'confirm', invoice: state.id, clientSecret: state.clientSecret }
  }
  if (!payment.error) return { kind: 'unknown' }
  return declinedBy(payment.error)
}
