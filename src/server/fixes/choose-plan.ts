import type { Outcome } from '#contract/deed.ts'
import { plannedIn } from '#diagnosis/kept.ts'
import type { Hands } from '#server/context.ts'
import { choiceFor } from '#server/plan-change.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { soldPrice } from '#server/stripe/catalogue.ts'
import { readSubscriptions } from '#server/stripe/subscriptions.ts'
import { beginPlan } from './begin-plan.ts'
import { changePlan } from './change-plan.ts'
import type { Payer } from './deed.ts'
import type { Paying } from './pay-invoice.ts'

/** Begins a plan, or changes to one: what was shown is charged, and no more than that. */
export async function choosePlan(hands: Hands, payer: Payer, session: SessionRecord, paying: Paying): Promise<Outcome> {
  const { price: key, subscription: replaced, quantity = 1 } = paying.plan
  if (key === undefined || hands.config.policy.plans?.[key]?.offered !== true) return { kind: 'stale' }
  const [sold, subscriptions] = await Promise.all([
    soldPrice(hands.stripe, key, hands.now()),
    readSubscriptions(hands.stripe, payer.customer),
  ])
  if (!sold) return { kind: 'stale' }
  const choice = choiceFor(subscriptions, hands.config.policy.plans, hands.now())
  if (replaced === undefined) {
    const beginning = { items: [{ price: sold.id, quantity }], taxed: choice.kind === 'begin' && choice.taxed }
    return beginPlan(hands, payer, session, { sold, beginning, subscriptions, paying })
  }
  if (choice.kind !== 'change' || choice.subscription.id !== replaced) return { kind: 'stale' }
  const { subscription, item } = choice
  // Stripe would reckon from what comes, not from what was paid for: that is taken back first.
  if (plannedIn({ items: [item] }, hands.now())) return { kind: 'stale' }
  const change = { subscription, item: item.id, price: sold.id, quantity }
  return changePlan(hands, payer, session, { change, paying })
}
