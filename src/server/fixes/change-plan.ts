import type { Outcome, Plan } from '#contract/deed.ts'
import { declineGroup } from '#diagnosis/decline.ts'
import type { Hands } from '#server/context.ts'
import { isAsShown, isDone, quoteChange, stillStands } from '#server/plan-change.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { canWaitFor, changeItems, chargeBy, voidInvoice, type ItemChange } from '#server/stripe/change-items.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { readSubscriptions, type Heard, type SubscriptionState } from '#server/stripe/subscriptions.ts'
import { sha256 } from '#server/token.ts'
import { currenciesFor, keepCard, lookAtCard } from './choose-card.ts'
import { declinedBy } from './declined-by.ts'
import type { Payer } from './deed.ts'
import type { Paying } from './pay-invoice.ts'
import { ownInvoice, payPlan, type Purse } from './pay-plan.ts'

type Change = Omit<ItemChange, 'at'>

/**
 * Changes what a living subscription sells: first the price is reckoned again, to the second for which it was shown, and
 * anything but the same amount is refused. What cannot be paid changes nothing.
 */
export async function changePlan(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { change, paying }: { change: Change; paying: Paying },
): Promise<Outcome> {
  const { plan, key } = paying
  const waiting = await waitingInvoice(hands, payer, change.subscription)
  if (waiting?.payment.state === 'processing') return { kind: 'processing' }
  if (isDone(change)) {
    if (waiting) await voidInvoice(hands.stripe, waiting.id)
    return { kind: 'done' }
  }
  const { proratedAt: at } = plan
  if (at === undefined || !stillStands(change.subscription, plan, hands.now())) return { kind: 'stale' }
  const asked: ItemChange = { ...change, at }
  if (!isAsShown(await quoteChange(hands, asked, payer.customer), plan)) return { kind: 'stale' }
  const card = await lookAtCard(hands, payer, session, {
    with: paying.with,
    currencies: currenciesFor(payer, paying.with, plan.total?.currency),
  })
  if (card.kind === 'none') return card.outcome
  // What an earlier try left waiting: its price was reckoned at another second.
  if (waiting) await voidInvoice(hands.stripe, waiting.id)
  const outcome = await carryOut(hands, payer, {
    change: asked,
    plan,
    purse: { customer: payer.customer, ...card, key },
  })
  if (outcome.kind === 'done' || outcome.kind === 'processing') await keepCard(hands, payer, card)
  return outcome
}

type Order = { readonly change: ItemChange; readonly plan: Plan; readonly purse: Purse }

async function carryOut(hands: Hands, payer: Payer, order: Order): Promise<Outcome> {
  const { change, purse } = order
  const waits = await canWaitFor(hands.stripe, purse.method)
  const tried = await chargedBy(hands, payer, order, () =>
    changeItems(hands.stripe, change, { waits, key: sha256(`${purse.key} ${purse.method} change`) }),
  )
  if (tried.error) return declinedBy(tried.error)
  return verify(hands, payer, order, tried.heard)
}

/**
 * A change charges whatever its subscription is charged by, so that is the chosen card while it is made. Afterwards the
 * other one is back: a saved card's place stays as it is, and a new one first has to pay.
 */
async function chargedBy<T>(
  { stripe, log }: Hands,
  { facts }: Payer,
  { change: { subscription }, purse: { method } }: Order,
  deed: () => Promise<T>,
): Promise<T> {
  const charged = subscription.method?.id ?? facts.method?.id
  if (charged === method) return deed()
  await chargeBy(stripe, subscription.id, method)
  try {
    return await deed()
  } finally {
    await chargeBy(stripe, subscription.id, subscription.method?.id ?? '').catch((error: unknown) =>
      log.warn(
        { err: error, subscription: subscription.id },
        'the card of a subscription stays the one that was chosen',
      ),
    )
  }
}

/** Believes what it reads, not what it heard. */
async function verify(hands: Hands, payer: Payer, order: Order, heard: Heard): Promise<Outcome> {
  const { change, plan, purse } = order
  try {
    const subscription = (await readSubscriptions(hands.stripe, payer.customer)).find(
      ({ id }) => id === change.subscription.id,
    )
    if (!subscription) return { kind: 'unknown' }
    if (isDone({ ...change, subscription })) return await paidOrOnItsWay(hands, payer, subscription)
    const waiting = await waitingInvoice(hands, payer, subscription)
    if (!waiting) return { kind: heard === 'no' ? 'stale' : 'unknown' }
    const { state, error } = waiting.payment
    if (state === 'processing' || state === 'succeeded') return { kind: 'processing' }
    if (state === 'requires_action' && waiting.clientSecret)
      return { kind: 'confirm', invoice: waiting.id, clientSecret: waiting.clientSecret }
    // Nobody was asked yet, or the bank wants to see the person.
    const outcome: Outcome =
      !error || declineGroup(error) === 'confirm'
        ? await payPlan(hands, { ...plan, invoices: [waiting.id] }, { ...purse, justSaved: false })
        : declinedBy(error)
    if (outcome.kind === 'declined') await voidInvoice(hands.stripe, waiting.id)
    return outcome
  } catch (error) {
    if (error instanceof StripeUnreachable) return { kind: 'unknown' }
    throw error
  }
}

/** A bank debit takes days; what it pays for has begun. */
async function paidOrOnItsWay(hands: Hands, payer: Payer, { latestInvoice }: SubscriptionState): Promise<Outcome> {
  if (latestInvoice === undefined) return { kind: 'done' }
  const { payment } = await ownInvoice(hands, latestInvoice, payer.customer)
  return { kind: payment.state === 'processing' ? 'processing' : 'done' }
}

/** The open invoice for which a change waits. Throws StripeUnreachable. */
export async function waitingInvoice(hands: Hands, payer: Payer, { changing, latestInvoice }: SubscriptionState) {
  if (!changing || latestInvoice === undefined) return undefined
  const invoice = await ownInvoice(hands, latestInvoice, payer.customer)
  return invoice.status === 'open' ? invoice : undefined
}
