import type { Outcome, Plan } from '#contract/deed.ts'
import { isOver } from '#diagnosis/standing.ts'
import type { Hands } from '#server/context.ts'
import { isAsShown, quoteBeginning } from '#server/plan-change.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import type { SoldPrice } from '#server/stripe/catalogue.ts'
import { endUnpaid, voidInvoice } from '#server/stripe/change-items.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { begin, readSubscriptions, type Beginning, type SubscriptionState } from '#server/stripe/subscriptions.ts'
import { sha256 } from '#server/token.ts'
import { currenciesFor, keepCard, lookAtCard } from './choose-card.ts'
import type { Payer } from './deed.ts'
import type { Paying } from './pay-invoice.ts'
import { ownInvoice, payPlan, type Purse } from './pay-plan.ts'

type Order = {
  readonly sold: SoldPrice
  readonly beginning: Beginning
  readonly subscriptions: readonly SubscriptionState[]
  readonly paying: Paying
}

/**
 * Subscribes to a plan. Beside a living subscription none is ever begun; one that an earlier try left unpaid is paid
 * where it is the same, and ended where it is not.
 */
export async function beginPlan(hands: Hands, payer: Payer, session: SessionRecord, order: Order): Promise<Outcome> {
  const { sold, beginning, subscriptions, paying } = order
  const { plan, key } = paying
  const living = subscriptions.filter((subscription) => !isOver(subscription))
  const settled = beside(living, order)
  if (settled) return settled
  if (!isAsShown(await quoteBeginning(hands, payer.customer, sold, beginning), plan)) return { kind: 'stale' }
  const card = await lookAtCard(hands, payer, session, {
    with: paying.with,
    currencies: currenciesFor(payer, paying.with, sold.price.currency),
  })
  if (card.kind === 'none') return card.outcome
  const outcome = await beginWith(hands, order, living, { customer: payer.customer, ...card, key })
  if (outcome.kind === 'done' || outcome.kind === 'processing') await keepCard(hands, payer, card)
  return outcome
}

async function beginWith(
  hands: Hands,
  order: Order,
  living: readonly SubscriptionState[],
  purse: Purse,
): Promise<Outcome> {
  const { plan } = order.paying
  for (const left of living.filter(isOfferedHere(hands))) {
    const invoice = left.latestInvoice && (await ownInvoice(hands, left.latestInvoice, purse.customer))
    if (!invoice) continue
    if (invoice.payment.state === 'processing') return { kind: 'processing' }
    if (isChosen(left, order) && invoice.remaining === plan.total?.amount) return payFirst(hands, left, plan, purse)
    await voidInvoice(hands.stripe, invoice.id)
    await endUnpaid(hands.stripe, left.id)
  }
  return beginNow(hands, order, purse)
}

async function beginNow(hands: Hands, order: Order, purse: Purse): Promise<Outcome> {
  const { sold, beginning, paying } = order
  const { customer, method, key } = purse
  const heard = await begin(hands.stripe, beginning, {
    customer,
    method,
    key: sha256(`${key} ${method} begin`),
    mark: { fix402_chosen: sold.key },
  })
  // What Stripe said is half the truth: the answer may have been lost on its way.
  try {
    const begun = (await readSubscriptions(hands.stripe, customer)).find((candidate) => isChosen(candidate, order))
    if (begun) return await payFirst(hands, begun, paying.plan, purse)
  } catch (error) {
    if (error instanceof StripeUnreachable) return { kind: 'unknown' }
    throw error
  }
  return { kind: heard === 'no' ? 'stale' : 'unknown' }
}

/** What there is to say before any card is touched, because something lives already. */
function beside(living: readonly SubscriptionState[], order: Order): Outcome | undefined {
  const begun = living.filter(({ status }) => status !== 'incomplete')
  if (begun.length === 0) return undefined
  return { kind: begun.some((candidate) => isChosen(candidate, order)) ? 'done' : 'stale' }
}

function isChosen(candidate: SubscriptionState, { sold, beginning }: Order): boolean {
  const [wanted] = beginning.items
  return (
    !isOver(candidate) &&
    candidate.chosen === sold.key &&
    candidate.items.some(({ price, quantity }) => price === wanted?.price && quantity === wanted.quantity)
  )
}

/** What the merchant began by other means beside it is left alone. */
function isOfferedHere({ config: { policy } }: Hands) {
  return ({ chosen, renews, items }: SubscriptionState) =>
    (chosen ?? renews) !== undefined || items.some(({ key }) => policy.plans?.[key ?? '']?.offered === true)
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
