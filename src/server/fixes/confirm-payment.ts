import { PayRequestSchema, type Outcome } from '#contract/deed.ts'
import { declineGroup, sameCardCanWork } from '#diagnosis/decline.ts'
import type { Hands } from '#server/context.ts'
import { sha256 } from '#server/token.ts'
import { findConfirmingAttempt, settleAttempt } from '#server/store/attempts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { payInvoice, type InvoiceState } from '#server/stripe/pay-invoice.ts'
import { readSetup } from '#server/stripe/save-card.ts'
import type { Payer } from './deed.ts'
import { outcomeOf, ownInvoice, payPlan } from './pay-plan.ts'

/** Asks for the bank's check of the invoice's own payment: never a second payment beside it. */
export async function beginConfirmation(
  hands: Hands,
  payer: Payer,
  { invoice, key }: { invoice: string; key: string },
): Promise<Outcome> {
  const state = await ownInvoice(hands, invoice, payer.customer)
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
  const outcome = read(await ownInvoice(hands, invoice, payer.customer))
  const stopped = await findConfirmingAttempt(hands.database, session)
  if (!stopped || stopped.outcome?.kind !== 'confirm' || stopped.outcome.invoice !== invoice) return outcome
  if (outcome.kind === 'confirm') return outcome
  const rest = outcome.kind === 'done' ? await payRest(hands, payer, stopped.request, stopped.key) : outcome
  await settleAttempt(hands.database, stopped, rest, hands.now())
  return rest
}

async function payRest(hands: Hands, payer: Payer, request: unknown, key: string): Promise<Outcome> {
  const asked = PayRequestSchema.safeParse(request)
  if (!asked.success) return { kind: 'done' }
  const { plan } = asked.data
  const method =
    'method' in asked.data.with
      ? asked.data.with.method
      : (await readSetup(hands.stripe, asked.data.with.setupIntent))?.method?.id
  if (method === undefined) return { kind: 'done' }
  return payPlan(hands, plan, { customer: payer.customer, method, justSaved: 'setupIntent' in asked.data.with, key })
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
  return { kind: 'declined', decline: declineGroup(payment.error), sameCardCanWork: sameCardCanWork(payment.error) }
}
