import { periodAfter } from '#sandbox/stripe/billing-period.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { newDiscount, type Coupon, type Discount, type PromotionCode } from '#sandbox/stripe/objects/coupon.ts'
import type { InvoiceLine } from '#sandbox/stripe/objects/invoice.ts'
import type { Subscription } from '#sandbox/stripe/objects/subscription.ts'
import { find, rows, timeOf, type World } from '#sandbox/stripe/world.ts'

/** One way of naming a discount; each entry uses one of them. */
export type Wanted = { coupon?: string | undefined; discount?: string | undefined; promotion_code?: string | undefined }

export type Redeemer = { customer: string; subscription: string | null }

/**
 * The discounts a request asks for; `counted` says whether they are redeemed, or only looked at.
 * @throws {Refusal} 400 coupon_expired, resource_missing, or a code that cannot be used
 */
export function redeem(world: World, wanted: Wanted[], by: Redeemer, counted: boolean): Discount[] {
  const now = timeOf(world, by.customer)
  return wanted.map((one) => {
    if (one.discount !== undefined) return find(world, 'discount', one.discount, 'discounts')
    const code =
      one.promotion_code === undefined ? null : find(world, 'promotion_code', one.promotion_code, 'promotion_code')
    if (code !== null) checkCode(world, code, by.customer, now)
    const coupon = find(world, 'coupon', code?.promotion.coupon ?? one.coupon ?? '', 'coupon')
    if (!isValid(coupon, now))
      throw invalid(`Coupon expired: ${coupon.id}`, { code: 'coupon_expired', param: 'coupon' })
    const made = discountOf(coupon, code, by, now)
    if (!counted) return made
    world.tables.discount.set(made.id, made)
    coupon.times_redeemed += 1
    coupon.valid = isValid(coupon, now)
    if (code !== null) code.times_redeemed += 1
    return made
  })
}

function discountOf(coupon: Coupon, code: PromotionCode | null, by: Redeemer, now: number): Discount {
  const months = coupon.duration === 'repeating' ? (coupon.duration_in_months ?? 1) : null
  return newDiscount({
    id: newId('di'),
    customer: by.customer,
    end: months === null ? null : periodAfter(now, { interval: 'month', interval_count: 1 }, months),
    promotion_code: code?.id ?? null,
    source: { coupon: coupon.id, type: 'coupon' },
    start: now,
    subscription: by.subscription,
  })
}

function isValid(coupon: Coupon, now: number): boolean {
  const spent = coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions
  return !spent && (coupon.redeem_by === null || coupon.redeem_by > now)
}

function checkCode(world: World, code: PromotionCode, customer: string, now: number): void {
  const spent = code.max_redemptions !== null && code.times_redeemed >= code.max_redemptions
  const over = code.expires_at !== null && code.expires_at <= now
  if (!code.active || spent || over)
    throw invalid('This promotion code is not valid.', { code: 'coupon_expired', param: 'promotion_code' })
  if (code.customer !== null && code.customer !== customer)
    throw invalid('This promotion code cannot be redeemed by this customer.', { param: 'promotion_code' })
  if (code.restrictions.first_time_transaction && hasPaid(world, customer)) {
    const message = 'This promotion code cannot be redeemed because the associated customer has prior transactions.'
    throw invalid(message, { param: 'promotion_code' })
  }
}

function hasPaid(world: World, customer: string): boolean {
  return rows(world, 'charge').some((charge) => charge.customer === customer && charge.status === 'succeeded')
}

/** What a subscription's next invoice is discounted by. */
export function discountsOf(world: World, subscription: Subscription): Discount[] {
  const now = timeOf(world, subscription.customer)
  return subscription.discounts
    .flatMap((id) => world.tables.discount.get(id) ?? [])
    .filter(({ end }) => end === null || end > now)
}

/** What holds for one invoice only is used up by it. */
export function spendDiscounts(world: World, subscription: Subscription): void {
  subscription.discounts = discountsOf(world, subscription)
    .filter((one) => world.tables.coupon.get(one.source.coupon)?.duration !== 'once')
    .map(({ id }) => id)
}

/** What is left of a price after a subscription's discounts in percent: 1 without any. */
export function shareAfterDiscounts(world: World, subscription: Subscription, product: string): number {
  return discountsOf(world, subscription).reduce((share, { source }) => {
    const coupon = world.tables.coupon.get(source.coupon)
    const meant = coupon?.applies_to?.products.includes(product) ?? true
    return meant ? share * (1 - (coupon?.percent_off ?? 0) / 100) : share
  }, 1)
}

/** Takes the discounts off the lines, one after another; a fixed sum is shared in proportion, and never more than there is. */
export function discountLines(world: World, lines: InvoiceLine[], discounts: Discount[]): void {
  for (const line of lines) line.discount_amounts = []
  for (const { id, source } of discounts) {
    const coupon = world.tables.coupon.get(source.coupon)
    if (coupon === undefined) continue
    const products = coupon.applies_to?.products
    const meant = lines.filter(
      (line) =>
        line.discountable && (products === undefined || products.includes(line.pricing?.price_details.product ?? '')),
    )
    if (coupon.percent_off !== null) {
      const share = coupon.percent_off / 100
      for (const line of meant) note(line, id, Math.sign(line.amount) * Math.round(Math.abs(left(line)) * share))
    } else takeSum(meant, id, coupon.amount_off ?? 0)
  }
}

const left = (line: InvoiceLine) => line.amount - line.discount_amounts.reduce((sum, one) => sum + one.amount, 0)

// The last line takes what rounding left, so that the parts make the sum.
function takeSum(lines: InvoiceLine[], discount: string, sum: number): void {
  const positive = lines.filter((line) => left(line) > 0)
  const whole = positive.reduce((all, line) => all + left(line), 0)
  const taken = Math.min(sum, whole)
  let rest = taken
  for (const [index, line] of positive.entries()) {
    const amount = index === positive.length - 1 ? rest : Math.round((taken * left(line)) / whole)
    note(line, discount, amount)
    rest -= amount
  }
}

function note(line: InvoiceLine, discount: string, amount: number): void {
  if (amount !== 0) line.discount_amounts.push({ amount, discount })
}
