import type { Outcome, Plan } from '#contract/deed.ts'
import { declineGroup } from '#diagnosis/decline.ts'
import type { Hands } from '#server/context.ts'
import { isAsShown } from '#server/plan-change.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import {
  previewResumption,
  readSubscriptions,
  resumeNow,
  type Heard,
  type SubscriptionState,
} from '#server/stripe/subscriptions.ts'
import { sha256 } from '#server/token.ts'
import { chooseCard } from './choose-card.ts'
import { declinedBy } from './declined-by.ts'
import type { Payer } from './deed.ts'
import type { Paying } from './pay-invoice.ts'
import { ownInvoice, payPlan, type Purse } from './pay-plan.ts'

/** Takes a paused subscription up again: the price that was shown is charged now, and no more than that. */
export async function resume(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { with: chosen, plan, key }: Paying,
): Promise<Outcome> {
  const paused = await find(hands, payer, plan)
  if (paused?.status === 'active') return { kind: 'done' }
  if (paused?.status !== 'paused' || paused.pausedBy === 'system') return { kind: 'stale' }
  // An earlier try may have left its invoice open: paying that resumes, a second one would charge twice.
  const left = await openInvoiceOf(hands, paused, payer)
  if (left === undefined && !isAsShown(await previewResumption(hands.stripe, paused, hands.now()), plan))
    return { kind: 'stale' }
  const card = await chooseCard(hands, payer, session, { with: chosen, currency: plan.total?.currency })
  if (card.kind === 'none') return card.outcome
  const purse = { customer: payer.customer, ...card, key }
  if (left !== undefined) return payPlan(hands, { ...plan, invoices: [left] }, purse)
  const heard = await resumeNow(hands.stripe, paused, {
    method: card.method,
    key: sha256(`${key} ${card.method} resume`),
    now: hands.now(),
  })
  return verify(hands, payer, { plan, purse, heard })
}

/** Believes what it reads, not what it heard. */
async function verify(
  hands: Hands,
  payer: Payer,
  { plan, purse, heard }: { plan: Plan; purse: Purse; heard: Heard },
): Promise<Outcome> {
  try {
    const now = await find(hands, payer, plan)
    if (now?.status === 'active') return { kind: 'done' }
    const left = now && (await openInvoiceOf(hands, now, purse))
    if (left === undefined) return { kind: heard === 'no' ? 'stale' : 'unknown' }
    const { payment } = await ownInvoice(hands, left, payer.customer)
    // The bank refused an unseen charge: asked again with the person present, it opens its check.
    if (!payment.error || declineGroup(payment.error) === 'confirm')
      return await payPlan(hands, { ...plan, invoices: [left] }, purse)
    return declinedBy(payment.error)
  } catch (error) {
    if (error instanceof StripeUnreachable) return { kind: 'unknown' }
    throw error
  }
}

async function find({ stripe }: Hands, { customer }: Payer, plan: Plan): Promise<SubscriptionState | undefined> {
  return (await readSubscriptions(stripe, customer)).find(({ id }) => id === plan.subscription)
}

async function openInvoiceOf(
  hands: Hands,
  { latestInvoice }: SubscriptionState,
  { customer }: Pick<Purse, 'customer'>,
) {
  if (latestInvoice === undefined) return undefined
  const { id, status } = await ownInvoice(hands, latestInvoice, customer)
  return status === 'open' ? id : undefined
}
