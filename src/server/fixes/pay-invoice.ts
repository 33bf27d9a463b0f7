import type { Outcome, PayRequest } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { chooseCard, pinnedElsewhere } from './choose-card.ts'
import type { Payer } from './deed.ts'
import { payPlan } from './pay-plan.ts'
import { pinMethod } from '#server/stripe/save-card.ts'

export type Paying = Pick<PayRequest, 'with' | 'plan'> & {
  /** The attempt's. */
  readonly key: string
}

/** Pay-and-pin: the chosen card pays what is open; one that was just saved is charged from now on as well. */
export async function payWith(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { with: chosen, plan, key }: Paying,
): Promise<Outcome> {
  const card = await chooseCard(hands, payer, session, { with: chosen, currency: plan.total?.currency })
  if (card.kind === 'none') return card.outcome
  const { method, justSaved } = card
  const outcome = await payPlan(hands, plan, { customer: payer.customer, method, justSaved, key })
  if (outcome.kind === 'done' && justSaved) await pinLateComers(hands, payer, session, method)
  return outcome
}

/** A subscription that was incomplete before the payment can be pinned after it. */
async function pinLateComers(hands: Hands, payer: Payer, session: SessionRecord, method: string): Promise<void> {
  if (!payer.facts.subscriptions.some(({ status }) => status === 'incomplete')) return
  const reading = await hands.airlock.read(session, { fresh: true })
  const subscriptions = reading ? pinnedElsewhere(reading.facts, method) : []
  if (subscriptions.length > 0) await pinMethod(hands.stripe, { customer: payer.customer, method, subscriptions })
}
