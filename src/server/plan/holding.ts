import type { ActName, Holding } from '#contract/holding.ts'
import { methodFor, type Account, type Instant, type Subscription } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import { asHeld, inForce, plannedIn } from '#diagnosis/kept.ts'
import { termsOf } from '#diagnosis/limits.ts'
import type { Policy } from '#diagnosis/policy.ts'
import { debtOf } from '#diagnosis/rules.ts'
import { graceEnd, isOver, openInvoicesOf, standing } from '#diagnosis/standing.ts'
import { choiceFor, isOpen, seatsOf } from '#server/plan-change.ts'
import { plannedOf } from '#server/plan-later.ts'
import type { Held } from '#server/stripe/held.ts'
import { isInTime } from '#server/stripe/lessen.ts'

/** Everything one subscription is told by. */
export type Scene = {
  readonly facts: Account
  readonly diagnosis: Diagnosis
  readonly policy: Policy
  readonly now: number
  /** As Stripe has them at this moment; nothing where it did not answer. */
  readonly held: readonly Held[]
  readonly mayPay: boolean
  readonly seesMoney: boolean
  /** What the plan of a schedule's next phase is called. */
  readonly nameOf: (price: string) => string
  /** Those whose planned change Stripe could still take back. */
  readonly restorable: ReadonlySet<string>
}

/** One subscription as its owner may see it. */
export function holdingOf(scene: Scene, subscription: Subscription): Holding {
  const { facts, policy, now, held, seesMoney, nameOf } = scene
  const { id, status, interval, periodStart, periodEnd, trialEnd, cancelAt, endedAt } = subscription
  const stands = standing(facts, subscription, policy, now)
  const { plan, quantity, price } = stands === 'ended' ? subscription : asHeld(subscription, now)
  const acts = actsOn(scene, subscription)
  const telling = { policy, now, seesMoney, mayUndo: acts.includes('undo') }
  const own = held.find((candidate) => candidate.id === id)
  const debt = debtOf(openInvoicesOf(facts, subscription), subscription)
  return {
    id,
    plan,
    status,
    standing: stands,
    quantity,
    bySeat: subscription.items.some((item) => policy.plans?.[inForce(item, now).key ?? '']?.seats === 'quantity'),
    periodEnd,
    uncollected: subscription.uncollected ?? false,
    terms: termsIn(subscription, policy, now),
    discounts: seesMoney ? (own?.discounts ?? []) : [],
    scheduled: subscription.scheduled ?? false,
    acts,
    ...compact({
      price: seesMoney ? price : undefined,
      interval,
      periodStart,
      trialEnd,
      cancelAt,
      endedAt,
      graceEnd: stands === 'grace' ? graceEnd(facts, subscription, policy) : undefined,
      changing: subscription.changing?.expires,
      method: seesMoney ? methodFor(facts, subscription) : undefined,
      owed: seesMoney ? debt?.total : undefined,
      planned: stands === 'ended' ? undefined : plannedOf(subscription, telling),
      next: own?.next && { at: own.next.at, plan: nameOf(own.next.price), quantity: own.next.quantity },
    }),
  }
}

function termsIn(subscription: Subscription, policy: Policy, now: Instant): Holding['terms'] {
  const { features, limits, seats, rates } = termsOf([subscription], policy, now)
  const counted = (meter: string) => ({
    meter,
    name: policy.meters?.[meter]?.name ?? meter,
    unit: policy.meters?.[meter]?.unit ?? '',
  })
  return {
    features: [...features],
    limits: [...limits].map(([meter, limit]) => ({ ...counted(meter), ...limit })),
    rates: [...rates].map(([meter, rate]) => ({ ...counted(meter), ...rate })),
    ...compact({ seats }),
  }
}

type Asked = { readonly scene: Scene; readonly subscription: Subscription; readonly own: Held }
type Living = Exclude<Subscription['status'], 'canceled' | 'incomplete_expired'>

/** By what a subscription may be ended: what is paid for is served to its end, and what is not may end at once. */
const ends = {
  active: ['cancel'],
  trialing: ['cancel', 'cancel-now'],
  past_due: ['cancel', 'cancel-now'],
  unpaid: ['cancel-now'],
  paused: ['cancel-now'],
  incomplete: ['cancel-now'],
} as const satisfies Record<Living, readonly ActName[]>

/** In the order in which they are offered. */
const rules: Readonly<Record<ActName, (asked: Asked) => boolean>> = {
  renew: ({ scene, subscription }) => leadsTo(scene, subscription, 'renew'),
  resume: ({ scene, subscription }) => leadsTo(scene, subscription, 'resume'),
  keep: ({ subscription }) => subscription.cancelAt !== undefined && isLiving(subscription) && !subscription.scheduled,
  undo: ({ scene: { restorable, now }, own }) => {
    const until = plannedIn(own, now)?.keeps.until
    return until !== undefined && isOpen(own) && isInTime(until, now) && restorable.has(own.id)
  },
  change: ({ scene: { held, policy, now }, own }) => {
    const choice = choiceFor(held, policy.plans ?? {}, now)
    if (choice.kind !== 'change' || choice.subscription.id !== own.id) return false
    return hasOther(policy, inForce(choice.item, now).key)
  },
  seats: ({ scene: { held, policy, now }, own }) => seatsOf(held, policy.plans ?? {}, now)?.subscription.id === own.id,
  code: ({ subscription, own }) =>
    ['active', 'trialing', 'past_due'].includes(own.status) && subscription.cancelAt === undefined && !own.scheduled,
  'remove-code': ({ own }) => own.discounts.length > 0 && isLiving(own) && !own.scheduled,
  pause: ({ scene: { policy }, subscription, own }) =>
    policy.allowPause === true &&
    own.pausable &&
    own.status === 'active' &&
    !own.changing &&
    !own.uncollected &&
    subscription.cancelAt === undefined,
  cancel: (asked) => canEnd(asked, 'cancel'),
  'cancel-now': (asked) => canEnd(asked, 'cancel-now'),
}

/** What may be done with it now, by this person. */
export function actsOn(scene: Scene, subscription: Subscription): readonly ActName[] {
  const own = scene.held.find(({ id }) => id === subscription.id)
  if (!scene.mayPay || !own) return []
  return (Object.keys(rules) as ActName[]).filter((name) => rules[name]({ scene, subscription, own }))
}

/** A schedule decides itself when it ends. */
function canEnd({ subscription, own }: Asked, how: 'cancel' | 'cancel-now'): boolean {
  if (subscription.cancelAt !== undefined || own.scheduled || !isLiving(own)) return false
  const ways: readonly ActName[] = ends[own.status as Living]
  return ways.includes(how)
}

function isLiving(subscription: Pick<Subscription, 'status'>): boolean {
  return !isOver(subscription)
}

function hasOther({ plans = {} }: Policy, current: string | undefined): boolean {
  return Object.entries(plans).some(([key, { offered }]) => offered === true && key !== current)
}

/** Its own screen knows what it costs to go on. */
function leadsTo({ diagnosis }: Scene, { id }: Subscription, fix: 'renew' | 'resume'): boolean {
  return diagnosis.blockers.some(
    (blocker) => blocker.fix === fix && 'subscription' in blocker && blocker.subscription === id,
  )
}
