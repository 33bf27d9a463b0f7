import type { Outcome, Plan } from '#contract/deed.ts'
import { isOver, newest } from '#diagnosis/standing.ts'
import type { Hands } from '#server/context.ts'
import { isAsShown } from '#server/plan-change.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import {
  begin,
  likeEnded,
  previewBeginning,
  readSubscriptions,
  type SubscriptionState,
} from '#server/stripe/subscriptions.ts'
import { sha256 } from '#server/token.ts'
import { chooseCard } from './choose-card.ts'
import type { Payer } from './deed.ts'
import type { Paying } from './pay-invoice.ts'
import { payPlan, type Purse } from './pay-plan.ts'

/**
 * Subscribes again to what ended. Beside a living subscription none is ever begun: one that an earlier try left
 * unpaid is paid instead, and what the ended one still owes is left alone.
 */
export async function renew(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { with: chosen, plan, key }: Paying,
): Promise<Outcome> {
  const before = await readSubscriptions(hands.stripe, payer.customer)
  const settled = beside(before, plan)
  if (settled) return settled
  const { customer } = payer
  const begun = before.find(follows(plan))
  const ended = newest(before)
  if (!begun && !(ended && (await isOffered(hands, customer, ended, plan)))) return { kind: 'stale' }
  const card = await chooseCard(hands, payer, session, { with: chosen, currency: plan.total?.currency })
  if (card.kind === 'none') return card.outcome
  const purse = { customer, ...card, key }
  if (begun) return payFirst(hands, begun, plan, purse)
  return ended ? beginAnew(hands, ended, plan, purse) : { kind: 'stale' }
}

async function beginAnew(hands: Hands, ended: SubscriptionState, plan: Plan, purse: Purse): Promise<Outcome> {
  const { customer, method, key } = purse
  const heard = await begin(hands.stripe, likeEnded(ended), {
    customer,
    method,
    key: sha256(`${key} ${method} renew`),
    mark: { fix402_renews: ended.id },
  })
  // What Stripe said is half the truth: the answer may have been lost on its way.
  try {
    const begun = (await readSubscriptions(hands.stripe, customer)).find(follows(plan))
    if (begun) return await payFirst(hands, begun, plan, purse)
  } catch (error) {
    if (error instanceof StripeUnreachable) return { kind: 'unknown' }
    throw error
  }
  return { kind: heard === 'no' ? 'stale' : 'unknown' }
}

/** What there is to say before any card is touched, because something lives already. */
function beside(subscriptions: readonly SubscriptionState[], plan: Plan): Outcome | undefined {
  const living = subscriptions.filter((subscription) => !isOver(subscription) && !isStillborn(subscription))
  if (living.length === 0) return undefined
  const begun = living.find(follows(plan))
  if (begun?.status === 'incomplete' && living.length === 1) return undefined
  return { kind: begun?.status === 'active' ? 'done' : 'stale' }
}

/** Its first invoice was given up: it can never begin, though Stripe takes a while to say so. */
function isStillborn({ status, latestInvoice, billed }: SubscriptionState): boolean {
  return status === 'incomplete' && latestInvoice !== undefined && billed === undefined
}

function payFirst(
  hands: Hands,
  { latestInvoice }: SubscriptionState,
  { total }: Plan,
  purse: Purse,
): Promise<Outcome> | Outcome {
  if (latestInvoice === undefined) return { kind: 'unknown' }
  return payPlan(hands, { invoices: [latestInvoice], ...(total && { total }) }, purse)
}

function follows({ subscription }: Plan) {
  return (candidate: SubscriptionState) =>
    subscription !== undefined && candidate.renews === subscription && !isOver(candidate) && !isStillborn(candidate)
}

/** Still sold, and for what was shown. */
async function isOffered({ stripe }: Hands, customer: string, ended: SubscriptionState, plan: Plan): Promise<boolean> {
  if (ended.id !== plan.subscription || ended.withdrawn === true || ended.price === undefined) return false
  return isAsShown(await previewBeginning(stripe, customer, likeEnded(ended)), plan)
}
