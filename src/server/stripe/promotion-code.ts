import type { CodeAnswer } from '#contract/holding.ts'
import type { Instant } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import Stripe from 'stripe'
import { ask, type StripeClient } from './client.ts'
import { discountBy, type Held } from './held.ts'
import { kept } from './plan-acts.ts'

export type Refused = Extract<CodeAnswer, { kind: 'refused' }>['why']
export type Promotion = {
  readonly id: string
  readonly coupon: Stripe.Coupon
  readonly code: string
  /** Only for somebody who has never paid before; Stripe knows who has. */
  readonly forTheFirst: boolean
}

/** A code as Stripe knows it, or what is wrong with it for this customer. Throws StripeUnreachable. */
export async function findPromotion(
  stripe: StripeClient,
  { code, customer, now }: { readonly code: string; readonly customer: string; readonly now: Instant },
): Promise<Promotion | Refused> {
  // A code may be used again after another one of the same name has run out.
  const { data } = await ask(stripe.promotionCodes.list({ code, limit: 10, expand: ['data.promotion.coupon'] }))
  const found = data.toSorted((a, b) => Number(b.active) - Number(a.active))[0]
  const coupon = found?.promotion.coupon
  if (!found || !coupon || typeof coupon === 'string') return 'unknown'
  const owner = typeof found.customer === 'string' ? found.customer : found.customer?.id
  // Whose it is comes first: nobody learns more about a code that is for somebody else.
  if (owner !== undefined && owner !== customer) return 'not-yours'
  if (isSpent(found) || isSpent(coupon)) return 'used-up'
  if (!found.active || !coupon.valid || isPast(found.expires_at, now) || isPast(coupon.redeem_by, now)) return 'expired'
  return { id: found.id, coupon, code: found.code, forTheFirst: found.restrictions.first_time_transaction }
}

function isSpent({ max_redemptions: most, times_redeemed: times }: Stripe.PromotionCode | Stripe.Coupon): boolean {
  return most !== null && times >= most
}

function isPast(end: Instant | null, now: Instant): boolean {
  return end !== null && end <= now
}

type Next = { readonly due: Money; readonly off: number; readonly at: Instant }

/** What a code does to the next invoice, by Stripe's own reckoning. Throws StripeUnreachable. */
export async function previewCode(stripe: StripeClient, held: Held, promotion: Promotion): Promise<CodeAnswer> {
  if (held.discounts.some(({ code }) => code === promotion.code)) return { kind: 'refused', why: 'held' }
  const discounts = [...kept(held), { promotion_code: promotion.id }]
  const [before, after] = await Promise.all([
    nextInvoice(stripe, { subscription: held.id }),
    nextInvoice(stripe, { subscription: held.id, discounts }),
  ])
  if (!after && promotion.forTheFirst) return { kind: 'refused', why: 'first-time' }
  // What it takes off nothing of, it is not for.
  if (!before || !after || after.off <= before.off) return { kind: 'refused', why: 'not-applicable' }
  return {
    kind: 'good',
    discount: discountBy(promotion.id, promotion.coupon, { end: null, code: promotion.code }),
    before: before.due,
    after: after.due,
    at: after.at,
  }
}

/** Undefined where Stripe would bill nothing, or would not take it. */
async function nextInvoice(stripe: StripeClient, asked: Stripe.InvoiceCreatePreviewParams): Promise<Next | undefined> {
  try {
    const { amount_due, currency, period_end, total_discount_amounts } = await ask(stripe.invoices.createPreview(asked))
    const off = (total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0)
    return { due: { amount: amount_due, currency }, off, at: period_end }
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
    return undefined
  }
}
