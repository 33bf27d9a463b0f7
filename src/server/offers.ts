import type { Offers } from '#contract/offer.ts'
import { compact } from '#diagnosis/compact.ts'
import { plannedIn } from '#diagnosis/kept.ts'
import { judge, type Reading } from './account.ts'
import { autoRechargeOf } from './auto-recharge.ts'
import { capOffers } from './caps.ts'
import { requestOf } from './check.ts'
import type { Hands } from './context.ts'
import { packOffers } from './credits.ts'
import { ApiError } from './errors.ts'
import { planOffers } from './offers/plans.ts'
import { seatOffer } from './offers/seats.ts'
import { ownCheck } from './own.ts'
import { payingRoles } from './paying-roles.ts'
import { choiceFor, seatsOf } from './plan-change.ts'
import { mayStillUndo, plannedOf } from './plan-later.ts'
import type { CheckRecord } from './store/checks.ts'
import type { SessionRecord } from './store/sessions.ts'
import { StripeUnreachable } from './stripe/client.ts'
import { canRestore } from './stripe/kept-price.ts'
import { readSubscriptions, type SubscriptionState } from './stripe/subscriptions.ts'

/** One look at what an account could buy: its facts, its subscriptions as Stripe has them, and the visit's question. */
export type Market = {
  readonly reading: Reading
  readonly subscriptions: readonly SubscriptionState[]
  readonly check: CheckRecord | undefined
  /** Seats in all that are wished for. */
  readonly seats: number | undefined
}

type Wish = {
  readonly check?: string | undefined
  readonly seats?: number | undefined
}

/**
 * Every way out that can be bought or set, with its price now. Only for those who may pay. Throws ApiError not-allowed,
 * not-found, StripeUnreachable: no price is ever made up.
 */
export async function offers(hands: Hands, session: SessionRecord, wish: Wish): Promise<Offers> {
  if (!payingRoles.includes(session.role)) throw new ApiError('not-allowed')
  const [reading, check] = await Promise.all([
    hands.airlock.read(session, { fresh: true }),
    ownCheck(hands, session, wish.check),
  ])
  if (!reading) throw new ApiError('not-found')
  if (reading.facts.source !== 'live') throw new StripeUnreachable('no offers without Stripe')
  const { customer } = reading.record
  const exists = customer !== undefined && reading.facts.customer === 'present'
  const subscriptions = exists ? await readSubscriptions(hands.stripe, customer) : []
  const market: Market = { reading, subscriptions, check, seats: wish.seats }
  const [plans, seats, packs, caps, autoRecharge, planned] = await Promise.all([
    planOffers(hands, market),
    seatOffer(hands, market),
    packsThatHelp(hands, market),
    capOffers(hands, reading, requestOf(check)),
    autoRechargeOf(hands, session),
    plannedAmong(hands, market),
  ])
  return { plans, packs, caps, ...compact({ seats, autoRecharge, planned }) }
}

/** A pack helps where it is as large as what is asked for, and where more than the plan includes may be used at all. */
async function packsThatHelp(hands: Hands, { reading, check }: Market): Promise<Offers['packs']> {
  const { blockers } = judge(hands.config, reading, requestOf(check), hands.now())
  const exhausted = blockers.find((blocker) => blocker.reason === 'credits_exhausted')
  const packs = await packOffers(hands, reading, exhausted?.needed)
  // Where our own counting says that the plan's limit is hard, nothing beyond it is to be had for credits.
  const isHard = blockers.some((blocker) => blocker.reason === 'usage_limit_exceeded' && blocker.used !== undefined)
  return !exhausted && isHard ? packs.map((pack) => ({ ...pack, helps: false })) : packs
}

/** The change that stands in the way of a larger plan and of more seats. Throws StripeUnreachable. */
async function plannedAmong(hands: Hands, { reading: { facts }, subscriptions }: Market): Promise<Offers['planned']> {
  const { policy } = hands.config
  const now = hands.now()
  const choice = choiceFor(subscriptions, policy.plans ?? {}, now)
  const sold = [
    choice.kind === 'change' ? choice.subscription : undefined,
    seatsOf(subscriptions, policy.plans ?? {}, now)?.subscription,
  ]
  const subscription = facts.subscriptions.find(({ id }) => sold.some((one) => one?.id === id && plannedIn(one, now)))
  const found = subscription && plannedIn(subscription, now)
  if (!subscription || !found) return undefined
  const mayUndo = mayStillUndo(subscription, now) && (await canRestore(hands.stripe, found.keeps))
  const planned = plannedOf(subscription, { policy, now, mayUndo, seesMoney: true })
  return planned && { ...planned, subscription: subscription.id, ...compact({ key: found.item.key }) }
}
