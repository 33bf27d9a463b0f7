import type { Discount } from '#contract/holding.ts'
import type { Instant } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import type Stripe from 'stripe'
import { ask, type StripeClient } from './client.ts'
import { stateOf, type SubscriptionState } from './subscriptions.ts'

/** A subscription with what only its own page tells. */
export type Held = SubscriptionState & {
  readonly discounts: readonly Discount[]
  /** Stripe can pause it (https://docs.stripe.com/billing/subscriptions/pause#limitations). */
  readonly pausable: boolean
  /** What a schedule makes of it after the running phase, where something comes. */
  readonly next: Phase | undefined
}

type Phase = { readonly at: Instant; readonly price: string; readonly quantity: number }

/** All of a customer's, ended ones too, newest first. Throws StripeUnreachable. */
export async function readHeld(stripe: StripeClient, customer: string): Promise<readonly Held[]> {
  const { data } = await ask(
    stripe.subscriptions.list({
      customer,
      status: 'all',
      limit: 100,
      expand: ['data.latest_invoice', 'data.discounts.source.coupon', 'data.discounts.promotion_code', 'data.schedule'],
    }),
  )
  return data.map(heldFrom)
}

function heldFrom(subscription: Stripe.Subscription): Held {
  const { billing_mode, collection_method, discounts, schedule } = subscription
  return {
    ...stateOf(subscription),
    discounts: discounts.flatMap((discount) => (typeof discount === 'string' ? [] : (discountFrom(discount) ?? []))),
    pausable: billing_mode.type === 'flexible' && collection_method === 'charge_automatically' && !schedule,
    next: schedule && typeof schedule !== 'string' ? nextPhase(schedule) : undefined,
  }
}

/** Undefined where Stripe does not say what is taken off. */
function discountFrom({ id, source, end, promotion_code: code }: Stripe.Discount): Discount | undefined {
  const { coupon } = source
  if (!coupon || typeof coupon === 'string') return undefined
  return discountBy(id, coupon, { end, code: code && typeof code !== 'string' ? code.code : null })
}

/** What a coupon takes off, under the name of its discount. */
export function discountBy(
  id: string,
  {
    name,
    id: coupon,
    percent_off: percent,
    amount_off: amount,
    currency,
    duration,
    duration_in_months: months,
  }: Stripe.Coupon,
  { end, code }: { readonly end: Instant | null; readonly code: string | null },
): Discount {
  return {
    id,
    name: name ?? code ?? coupon,
    once: duration === 'once',
    ...compact({
      code,
      percent,
      amount: amount !== null && currency !== null ? { amount, currency } : undefined,
      months: duration === 'repeating' ? months : undefined,
      ends: end,
    }),
  }
}

function nextPhase({ phases, current_phase: current }: Stripe.SubscriptionSchedule): Phase | undefined {
  const following = current && phases.find(({ start_date: start }) => start >= current.end_date)
  const item = following?.items[0]
  if (!following || !item) return undefined
  const price = typeof item.price === 'string' ? item.price : item.price.id
  return { at: following.start_date, price, quantity: item.quantity ?? 1 }
}
