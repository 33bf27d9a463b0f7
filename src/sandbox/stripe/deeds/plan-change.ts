import { nextBoundary } from '#sandbox/stripe/billing-period.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { InvoiceLine } from '#sandbox/stripe/objects/invoice.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { itemsOf } from '#sandbox/stripe/present.ts'
import { find, timeOf, type World } from '#sandbox/stripe/world.ts'
import { subscriptionLine } from './draft-invoice.ts'
import { prorationLines, unusedLines, type NextItem } from './prorate.ts'

export type WantedChange = {
  next: NextItem[]
  proration: 'always_invoice' | 'create_prorations' | 'none'
  /** UTC seconds the proration counts from. */
  at: number
  /** A new period is to begin now, whatever the items do. */
  anew: boolean
}

export type Period = { start: number; end: number }

/** What a change of items bills: `now` on an invoice of its own, `later` with the next one; `fresh` is the period that begins with it. */
export type ChangePlan = { now: InvoiceLine[]; later: InvoiceLine[]; fresh: Period | null }

/**
 * The one place where a change of items is priced, for its preview and for the change itself.
 * Another interval begins a new period and is billed at once (https://docs.stripe.com/billing/subscriptions/change-price).
 * @throws {Refusal} 400 when `at` is outside the running period
 */
export function planChange(world: World, subscription: Subscription, wanted: WantedChange): ChangePlan {
  const { next, proration, at } = wanted
  if (subscription.status === 'trialing') return { now: [], later: [], fresh: null }
  checkDate(world, subscription, at)
  const fresh = freshPeriod(world, subscription, wanted)
  if (fresh !== null) {
    const credits = proration === 'none' ? [] : unusedLines(world, subscription, at)
    return { now: [...credits, ...wholeLines(world, subscription.id, next, fresh)], later: [], fresh }
  }
  const lines = proration === 'none' ? [] : prorationLines(world, subscription, next, at)
  return proration === 'always_invoice' ? { now: lines, later: [], fresh } : { now: [], later: lines, fresh }
}

function checkDate(world: World, subscription: Subscription, at: number): void {
  const [first] = itemsOf(world, subscription.id)
  if (first === undefined || (at >= first.current_period_start && at <= first.current_period_end)) return
  throw invalid('The proration date must be within the current billing period of the subscription.', {
    param: 'proration_date',
  })
}

function freshPeriod(world: World, subscription: Subscription, { next, anew }: WantedChange): Period | null {
  const [held] = itemsOf(world, subscription.id)
  const was = held === undefined ? null : find(world, 'price', held.sandbox.price).recurring
  const will = next[0]?.price.recurring ?? null
  if (was === null || will === null) return null
  if (!anew && was.interval === will.interval && was.interval_count === will.interval_count) return null
  const start = timeOf(world, subscription.customer)
  return { start, end: nextBoundary(start, will, start) }
}

/** A whole period of each recurring item. */
export function wholeLines(world: World, subscription: string, next: NextItem[], period: Period): InvoiceLine[] {
  return next
    .filter(({ price }) => price.recurring !== null)
    .map(({ id, price, quantity }) =>
      subscriptionLine(world, subscription, { item: id ?? 'si_new', price, quantity }, period),
    )
}
