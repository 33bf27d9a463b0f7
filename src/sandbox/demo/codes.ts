import type Stripe from 'stripe'

/** Codes that Maps API has given out, for the plan page: one that is good, one that has run out, one for somebody new. */
export const codes = {
  SPRING25: { percent_off: 25, duration: 'repeating', duration_in_months: 3, name: 'Spring' },
  LASTYEAR: { percent_off: 50, duration: 'once', name: 'Last year' },
  HELLO10: { amount_off: 10_00, currency: 'eur', duration: 'once', name: 'Hello' },
} as const satisfies Record<string, Stripe.CouponCreateParams>

export type Code = keyof typeof codes

const differs: Partial<Record<Code, Partial<Stripe.PromotionCodeCreateParams>>> = {
  LASTYEAR: { active: false },
  HELLO10: { restrictions: { first_time_transaction: true } },
}

/** The id of a code's promotion; what is missing is created. */
export async function ensureCode(stripe: Stripe, code: Code): Promise<string> {
  const { data } = await stripe.promotionCodes.list({ code, limit: 1 })
  if (data[0]) return data[0].id
  const { id: coupon } = await stripe.coupons.create(codes[code])
  const made = await stripe.promotionCodes.create({ code, promotion: { type: 'coupon', coupon }, ...differs[code] })
  return made.id
}
