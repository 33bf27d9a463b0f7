import { addPrice, addProduct, unitAmount } from '#sandbox/stripe/deeds/add-price.ts'
import { record } from '#sandbox/stripe/deeds/record-event.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import {
  clearableText,
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
} from '#sandbox/stripe/kernel/shape.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, rows, type World } from '#sandbox/stripe/world.ts'

const taxBehavior = oneOf('exclusive', 'inclusive', 'unspecified')
const interval = oneOf('day', 'week', 'month', 'year')
const recurring = object({
  interval: needed(interval),
  interval_count: whole,
  meter: text,
  trial_period_days: whole,
  usage_type: oneOf('licensed', 'metered'),
})

const productFields = {
  active: flag,
  description: clearableText,
  images: list(text),
  marketing_features: unmodelled,
  metadata,
  package_dimensions: unmodelled,
  shippable: flag,
  statement_descriptor: text,
  tax_code: unmodelled,
  tax_details: unmodelled,
  unit_label: clearableText,
  url: clearableText,
}

const priceFields = {
  active: flag,
  billing_scheme: oneOf('per_unit'),
  currency: needed(text),
  lookup_key: text,
  metadata,
  nickname: text,
  product: text,
  product_data: object({
    active: flag,
    id: text,
    metadata,
    name: needed(text),
    statement_descriptor: text,
    tax_code: text,
    unit_label: text,
  }),
  recurring,
  tax_behavior: taxBehavior,
  transfer_lookup_key: flag,
  unit_amount: whole,
  unit_amount_decimal: text,
}

const defaultPrice = object({
  currency: needed(text),
  unit_amount: whole,
  unit_amount_decimal: text,
  recurring,
  metadata,
  tax_behavior: taxBehavior,
})

function takeLookupKey(world: World, key: string | undefined, transfer: boolean, except?: string): void {
  if (key === undefined) return
  const holder = rows(world, 'price').find((one) => one.lookup_key === key && one.id !== except)
  if (holder === undefined) return
  if (!transfer) {
    const message = `A price (\`${holder.id}\`) already uses that lookup key. Pass \`transfer_lookup_key=true\` to transfer it.`
    throw invalid(message, { code: 'resource_already_exists', param: 'lookup_key' })
  }
  holder.lookup_key = null
}

const createProductFields = {
  ...productFields,
  default_price_data: defaultPrice,
  id: text,
  name: needed(text),
  type: text,
}

const listProductFields = {
  ...pageFields,
  active: flag,
  created: moment,
  ids: list(text),
  shippable: flag,
  type: text,
  url: text,
}

const listPriceFields = {
  ...pageFields,
  active: flag,
  created: moment,
  currency: text,
  lookup_keys: list(text),
  product: text,
  recurring: object({ interval, meter: text, usage_type: text }),
  type: oneOf('one_time', 'recurring'),
}

export const catalogRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/products',
    answers: 'product',
    fields: createProductFields,
    deed: ({ world }, given) => {
      const product = addProduct(world, given.id, given.name)
      Object.assign(product, {
        active: given.active ?? true,
        description: given.description ?? null,
        url: given.url ?? null,
        images: given.images ?? [],
      })
      product.metadata = mergeMetadata({}, given.metadata)
      if (given.default_price_data !== undefined)
        product.default_price = addPrice(world, product.id, given.default_price_data).id
      return present(world, product)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/products',
    answers: 'list:product',
    fields: listProductFields,
    deed: ({ world }, given) => {
      const found = rows(world, 'product').filter(
        (one) =>
          (given.active === undefined || one.active === given.active) &&
          (given.ids === undefined || given.ids.includes(one.id)) &&
          isWithin(given.created, one.created),
      )
      return page('/v1/products', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/products/:id',
    answers: 'product',
    deed: ({ world, ids }) => present(world, find(world, 'product', ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/products/:id',
    answers: 'product',
    fields: { ...productFields, default_price: text, name: text },
    deed: ({ world, ids }, given) => {
      const product = find(world, 'product', ids['id'] ?? '')
      const { active, default_price, description, images, name, url } = given
      const plain = { active, default_price, description, images, name, url }
      Object.assign(product, Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)), {
        updated: world.now(),
      })
      product.metadata = mergeMetadata(product.metadata, given.metadata)
      record(world, 'product.updated', product)
      return present(world, product)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/prices',
    answers: 'price',
    fields: priceFields,
    deed: ({ world }, given) => {
      if (given.product !== undefined) find(world, 'product', given.product, 'product')
      else if (given.product_data === undefined)
        throw invalid('Missing required param: product.', { code: 'parameter_missing', param: 'product' })
      if (unitAmount(given) === null)
        throw invalid('Prices require an `unit_amount` or `unit_amount_decimal` parameter to be set.', {
          code: 'parameter_missing',
          param: 'unit_amount',
        })
      takeLookupKey(world, given.lookup_key, given.transfer_lookup_key ?? false)
      const product = given.product ?? addProduct(world, given.product_data?.id, given.product_data?.name ?? '').id
      return present(world, addPrice(world, product, given))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/prices',
    answers: 'list:price',
    fields: listPriceFields,
    deed: ({ world }, given) => {
      const found = rows(world, 'price').filter(
        (one) =>
          (given.active === undefined || one.active === given.active) &&
          (given.currency === undefined || one.currency === given.currency) &&
          (given.product === undefined || one.product === given.product) &&
          (given.type === undefined || one.type === given.type) &&
          (given.recurring?.interval === undefined || one.recurring?.interval === given.recurring.interval) &&
          (given.lookup_keys === undefined ||
            (one.lookup_key !== null && given.lookup_keys.includes(one.lookup_key))) &&
          isWithin(given.created, one.created),
      )
      return page('/v1/prices', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/prices/:id',
    answers: 'price',
    deed: ({ world, ids }) => present(world, find(world, 'price', ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/prices/:id',
    answers: 'price',
    fields: {
      active: flag,
      lookup_key: text,
      metadata,
      nickname: text,
      tax_behavior: taxBehavior,
      transfer_lookup_key: flag,
    },
    deed: ({ world, ids }, given) => {
      const price = find(world, 'price', ids['id'] ?? '')
      takeLookupKey(world, given.lookup_key, given.transfer_lookup_key ?? false, price.id)
      const { active, lookup_key, nickname, tax_behavior } = given
      const plain = { active, lookup_key, nickname, tax_behavior }
      Object.assign(price, Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)))
      price.metadata = mergeMetadata(price.metadata, given.metadata)
      record(world, 'price.updated', price)
      return present(world, price)
    },
  }),
]
