import type { PlanOffer, Quote } from '#contract/offer.ts'
import type { Item, Subscription } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { compareTerms } from '#diagnosis/compare-terms.ts'
import { inForce, plannedIn } from '#diagnosis/kept.ts'
import { SEATS, termsOf } from '#diagnosis/limits.ts'
import type { PlanTerms } from '#diagnosis/policy.ts'
import type { Hands } from '#server/context.ts'
import type { Market } from '#server/offers.ts'
import { choiceFor, prorateAt, quoteBeginning, quoteChange, type Choice } from '#server/plan-change.ts'
import { isSameRhythm, laterAt, lesseningOf, paidFor, quoteLater } from '#server/plan-later.ts'
import { soldPrices, type SoldPrice } from '#server/stripe/catalogue.ts'
import { helps } from './helps.ts'
import { inTurn } from './in-turn.ts'

/** More than a person compares. */
const MOST_PLANS = 12
/** Previews at a time. */
const ABREAST = 4

type Open = Exclude<Choice, { kind: 'closed' }>

/** What customers may choose themselves, in the merchant's order and the account's currency. Throws StripeUnreachable. */
export async function planOffers(hands: Hands, market: Market): Promise<readonly PlanOffer[]> {
  const { plans = {} } = hands.config.policy
  const choice = choiceFor(market.subscriptions, plans, hands.now())
  const keys = Object.keys(plans).filter((key) => plans[key]?.offered)
  if (choice.kind === 'closed' || keys.length === 0) return []
  const sold = await soldPrices(hands.stripe, keys, hands.now())
  // https://docs.stripe.com/currencies: one customer is billed in one currency.
  const currency = market.subscriptions[0]?.currency ?? sold[0]?.price.currency
  const fitting = sold.filter((price) => price.price.currency === currency && canReplace(choice, price))
  const offers = await inTurn(fitting.slice(0, MOST_PLANS), ABREAST, (price) => offerOf(hands, market, choice, price))
  return offers.filter((offer) => offer !== undefined)
}

/** Items of one subscription are billed together. */
function canReplace(choice: Open, { interval }: SoldPrice): boolean {
  if (choice.kind === 'begin' || choice.subscription.items.length === 1) return true
  const { unit, count } = choice.subscription.interval ?? interval
  return unit === interval.unit && count === interval.count
}

async function offerOf(hands: Hands, market: Market, choice: Open, sold: SoldPrice): Promise<PlanOffer | undefined> {
  const { policy } = hands.config
  const plan = policy.plans?.[sold.key]
  if (!plan) return undefined
  const held = choice.kind === 'change' ? inForce(choice.item, hands.now()) : undefined
  const quantity = quantityOf(plan, held, sold, market)
  const swap = swapped(choice, sold, quantity)
  const wish: Wish = { sold, quantity, current: held?.key === sold.key, helps: helps(hands, market, swap) }
  const quote = await quoteOf(hands, market, choice, wish)
  if (!quote) return undefined
  const { facts } = market.reading
  const { features, limits, seats } = termsOf([begun(sold, quantity)], policy, hands.now())
  return {
    key: sold.key,
    name: plan.name,
    price: { amount: sold.price.amount * quantity, currency: sold.price.currency },
    interval: sold.interval,
    quantity,
    features: [...features],
    limits: [...limits].map(([meter, { included }]) => ({
      meter,
      name: policy.meters?.[meter]?.name ?? meter,
      unit: policy.meters?.[meter]?.unit ?? '',
      included,
    })),
    ...compact({ seats }),
    current: wish.current,
    helps: wish.helps,
    ...(choice.kind === 'change' && { subscription: choice.subscription.id }),
    quote,
    changes: compareTerms(facts, swap(facts.subscriptions), policy, hands.now()),
  }
}

type Wish = {
  readonly sold: SoldPrice
  readonly quantity: number
  /** It is what they have. */
  readonly current: boolean
  /** What lifts a block is wanted now, also where it costs less. */
  readonly helps: boolean
}

/** Undefined where Stripe would not do it, and where a change that is planned has to be taken back first. */
async function quoteOf(hands: Hands, { reading }: Market, choice: Open, wish: Wish): Promise<Quote | undefined> {
  const { customer } = reading.record
  const { sold, quantity, current } = wish
  if (choice.kind === 'begin' || customer === undefined) {
    const taxed = choice.kind === 'begin' && choice.taxed
    return quoteBeginning(hands, customer, sold, { items: [{ price: sold.id, quantity }], taxed })
  }
  const { subscription, item } = choice
  const now = hands.now()
  const isPlanned = plannedIn({ items: [item] }, now) !== undefined
  if (isPlanned && current) return { due: { amount: 0, currency: subscription.currency } }
  const wanted = { each: sold.price, price: sold.id, interval: sold.interval, quantity }
  const later = wish.helps ? undefined : laterAt(subscription, item, { paid: await paidFor(hands, item), wanted, now })
  if (later !== undefined) {
    return quoteLater(hands, lesseningOf(subscription, item, { ...wanted, at: later }), { customer, at: later })
  }
  if (isPlanned) return undefined
  const to = { item: item.id, price: sold.id, quantity, at: prorateAt(subscription, now) }
  const quote = await quoteChange(hands, { subscription, ...to }, customer)
  const newPeriod = quote?.trialEnd === undefined && !isSameRhythm(item.interval, sold.interval)
  return quote && { ...quote, ...(newPeriod && { newPeriod }) }
}

/** As many as are needed where each is a seat; as many as there are of the plan they have; otherwise one. */
function quantityOf(
  terms: PlanTerms,
  has: Pick<Item, 'key' | 'quantity'> | undefined,
  { key }: SoldPrice,
  { reading, check, seats }: Market,
): number {
  const held = has?.key === key ? (has?.quantity ?? 1) : 1
  if (terms.seats !== 'quantity') return held
  const asked = check?.meter === SEATS ? (check.quantity ?? 1) : 0
  return seats ?? Math.max(held, (reading.record.seats ?? 0) + asked)
}

/** The account's subscriptions with the chosen plan in place of the one it replaces. */
function swapped(choice: Open, sold: SoldPrice, quantity: number) {
  const bought = { price: sold.id, key: sold.key, quantity }
  return (subscriptions: readonly Subscription[]): readonly Subscription[] =>
    choice.kind === 'begin'
      ? [...subscriptions, begun(sold, quantity)]
      : subscriptions.map((subscription) =>
          subscription.id === choice.subscription.id
            ? {
                ...subscription,
                items: subscription.items.map((item) =>
                  item.id === choice.item.id ? { id: item.id, ...bought } : item,
                ),
              }
            : subscription,
        )
}

function begun({ id, key, price, interval }: SoldPrice, quantity: number): Subscription {
  return {
    id: 'sub_new',
    status: 'active',
    plan: key,
    items: [{ id: 'si_new', price: id, key, quantity }],
    quantity,
    price: { amount: price.amount * quantity, currency: price.currency },
    interval,
    created: 0,
    periodEnd: 0,
  }
}
