import { newId, randomText } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import {
  clearable,
  flag,
  list,
  metadata,
  moment,
  needed,
  object,
  oneOf,
  text,
  unmodelled,
  whole,
  type Reader,
} from '#sandbox/stripe/kernel/shape.ts'
import { malformed } from '#sandbox/stripe/kernel/errors.ts'
import { newCoupon, newPromotionCode } from '#sandbox/stripe/objects/coupon.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, rows } from '#sandbox/stripe/world.ts'

export const discountFields = clearable(list(object({ coupon: text, discount: text, promotion_code: text })))

const percent: Reader<number> = (raw, path) => {
  const value = Number(raw)
  if (typeof raw === 'string' && raw !== '' && value > 0 && value <= 100) return value
  throw malformed('Invalid percent_off: must be greater than 0 and at most 100', undefined, path)
}

const couponFields = {
  amount_off: whole,
  applies_to: object({ products: list(text) }),
  currency: text,
  currency_options: unmodelled,
  duration: oneOf('forever', 'once', 'repeating'),
  duration_in_months: whole,
  id: text,
  max_redemptions: whole,
  metadata,
  name: text,
  percent_off: percent,
  redeem_by: whole,
}

const codeFields = {
  active: flag,
  code: text,
  customer: text,
  expires_at: whole,
  max_redemptions: whole,
  metadata,
  promotion: needed(object({ coupon: needed(text), type: needed(oneOf('coupon')) })),
  restrictions: object({
    currency_options: unmodelled,
    first_time_transaction: flag,
    minimum_amount: unmodelled,
    minimum_amount_currency: unmodelled,
  }),
}

export const couponRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/coupons',
    answers: 'coupon',
    fields: couponFields,
    deed: ({ world }, given) => {
      if ((given.percent_off === undefined) === (given.amount_off === undefined))
        throw invalid('Pass exactly one of percent_off and amount_off.', { param: 'percent_off' })
      if (given.amount_off !== undefined && given.currency === undefined)
        throw invalid('Missing required param: currency.', { code: 'parameter_missing', param: 'currency' })
      const id = given.id ?? randomText(8)
      if (world.tables.coupon.has(id))
        throw invalid('Coupon already exists.', { code: 'resource_already_exists', param: 'id' })
      const products = given.applies_to?.products
      const coupon = newCoupon({
        id,
        amount_off: given.amount_off ?? null,
        ...(products === undefined ? {} : { applies_to: { products } }),
        created: world.now(),
        currency: given.currency ?? null,
        duration: given.duration ?? 'once',
        duration_in_months: given.duration_in_months ?? null,
        max_redemptions: given.max_redemptions ?? null,
        metadata: mergeMetadata({}, given.metadata),
        name: given.name ?? null,
        percent_off: given.percent_off ?? null,
        redeem_by: given.redeem_by ?? null,
      })
      world.tables.coupon.set(id, coupon)
      world.onChange()
      return present(world, coupon)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/coupons',
    answers: 'list:coupon',
    fields: { ...pageFields, created: moment },
    deed: ({ world }, given) => {
      const found = rows(world, 'coupon').filter((one) => isWithin(given.created, one.created))
      return page('/v1/coupons', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/coupons/:id',
    answers: 'coupon',
    deed: ({ world, ids }) => present(world, find(world, 'coupon', ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/promotion_codes',
    answers: 'promotion_code',
    fields: codeFields,
    deed: ({ world }, given) => {
      const coupon = find(world, 'coupon', given.promotion.coupon, 'promotion[coupon]')
      const code = newPromotionCode({
        id: newId('promo'),
        active: given.active ?? true,
        code: given.code ?? randomText(8).toUpperCase(),
        created: world.now(),
        customer: given.customer ?? null,
        expires_at: given.expires_at ?? null,
        max_redemptions: given.max_redemptions ?? null,
        metadata: mergeMetadata({}, given.metadata),
        promotion: { coupon: coupon.id, type: 'coupon' },
        firstTime: given.restrictions?.first_time_transaction ?? false,
      })
      world.tables.promotion_code.set(code.id, code)
      world.onChange()
      return present(world, code)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/promotion_codes',
    answers: 'list:promotion_code',
    fields: { ...pageFields, active: flag, code: text, coupon: text, created: moment, customer: text },
    deed: ({ world }, given) => {
      const found = rows(world, 'promotion_code').filter(
        (one) =>
          (given.active === undefined || one.active === given.active) &&
          (given.code === undefined || one.code.toLowerCase() === given.code.toLowerCase()) &&
          (given.coupon === undefined || one.promotion.coupon === given.coupon) &&
          isWithin(given.created, one.created),
      )
      return page('/v1/promotion_codes', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/promotion_codes/:id',
    answers: 'promotion_code',
    deed: ({ world, ids }) => present(world, find(world, 'promotion_code', ids['id'] ?? '')),
  }),
]
