import type { Metadata } from './customer.ts'

export type Coupon = {
  id: string
  object: 'coupon'
  /** Minor units of `currency`; null for one in percent. */
  amount_off: number | null
  applies_to?: { products: string[] }
  created: number
  currency: string | null
  duration: 'forever' | 'once' | 'repeating'
  duration_in_months: number | null
  max_redemptions: number | null
  metadata: Metadata
  name: string | null
  percent_off: number | null
  redeem_by: number | null
  times_redeemed: number
  valid: boolean
}

export function newCoupon(start: Omit<Coupon, 'object' | 'times_redeemed' | 'valid'>): Coupon {
  const fixed = { livemode: false }
  return { ...fixed, object: 'coupon', ...start, times_redeemed: 0, valid: true }
}

export type PromotionCode = {
  id: string
  object: 'promotion_code'
  active: boolean
  code: string
  created: number
  customer: string | null
  expires_at: number | null
  max_redemptions: number | null
  metadata: Metadata
  promotion: { coupon: string; type: 'coupon' }
  restrictions: { first_time_transaction: boolean; minimum_amount: null; minimum_amount_currency: null }
  times_redeemed: number
}

type CodeStart = Omit<PromotionCode, 'object' | 'restrictions' | 'times_redeemed'> & { firstTime: boolean }

export function newPromotionCode({ firstTime, ...start }: CodeStart): PromotionCode {
  const restrictions = { first_time_transaction: firstTime, minimum_amount: null, minimum_amount_currency: null }
  const fixed = { customer_account: null, livemode: false, restrictions }
  return { ...fixed, object: 'promotion_code', ...start, times_redeemed: 0 }
}

export type Discount = {
  id: string
  object: 'discount'
  customer: string
  end: number | null
  promotion_code: string | null
  source: { coupon: string; type: 'coupon' }
  start: number
  subscription: string | null
}

export function newDiscount(start: Omit<Discount, 'object'>): Discount {
  const fixed = {
    checkout_session: null,
    customer_account: null,
    invoice: null,
    invoice_item: null,
    subscription_item: null,
  }
  return { ...fixed, object: 'discount', ...start }
}
