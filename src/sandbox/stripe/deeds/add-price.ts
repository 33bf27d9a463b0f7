import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { mergeMetadata, type Metadata } from '#sandbox/stripe/objects/customer.ts'
import { newPrice, newProduct, type Interval, type Price, type Product } from '#sandbox/stripe/objects/price.ts'
import type { World } from '#sandbox/stripe/world.ts'
import { record } from './record-event.ts'

export function addProduct(world: World, id: string | undefined, name: string): Product {
  if (id !== undefined && world.tables.product.has(id))
    throw invalid('Product already exists.', { code: 'resource_already_exists', param: 'id' })
  const product = newProduct(id ?? newId('prod', 14), world.now(), name)
  world.tables.product.set(product.id, product)
  record(world, 'product.created', product)
  return product
}

/** Minor units from either way a form gives them. */
export function unitAmount(given: {
  unit_amount?: number | undefined
  unit_amount_decimal?: string | undefined
}): number | null {
  return (
    given.unit_amount ??
    (given.unit_amount_decimal === undefined ? null : Math.round(Number(given.unit_amount_decimal)))
  )
}

type PriceInput = {
  active?: boolean | undefined
  currency: string
  lookup_key?: string | undefined
  metadata?: Metadata | null | undefined
  nickname?: string | undefined
  recurring?: Cycle | undefined
  tax_behavior?: Price['tax_behavior'] | undefined
  unit_amount?: number | undefined
  unit_amount_decimal?: string | undefined
}

type Cycle = {
  interval: Interval
  interval_count?: number | undefined
  meter?: string | undefined
  trial_period_days?: number | undefined
  usage_type?: 'licensed' | 'metered' | undefined
}

export function addPrice(world: World, product: string, given: PriceInput): Price {
  const cycle = given.recurring
  const price = newPrice({
    id: newId('price'),
    active: given.active ?? true,
    created: world.now(),
    currency: given.currency.toLowerCase(),
    lookup_key: given.lookup_key ?? null,
    metadata: mergeMetadata({}, given.metadata),
    nickname: given.nickname ?? null,
    product,
    recurring:
      cycle === undefined
        ? null
        : {
            interval: cycle.interval,
            interval_count: cycle.interval_count ?? 1,
            meter: cycle.meter ?? null,
            trial_period_days: cycle.trial_period_days ?? null,
            usage_type: cycle.usage_type ?? 'licensed',
          },
    tax_behavior: given.tax_behavior ?? 'unspecified',
    unit_amount: unitAmount(given),
  })
  world.tables.price.set(price.id, price)
  record(world, 'price.created', price)
  return price
}
