import type { Metadata } from './customer.ts'

export type Interval = 'day' | 'week' | 'month' | 'year'

export type Price = {
  id: string
  object: 'price'
  active: boolean
  created: number
  currency: string
  lookup_key: string | null
  metadata: Metadata
  nickname: string | null
  product: string
  recurring: {
    interval: Interval
    interval_count: number
    meter: string | null
    trial_period_days: number | null
    usage_type: 'licensed' | 'metered'
  } | null
  tax_behavior: 'exclusive' | 'inclusive' | 'unspecified'
  type: 'one_time' | 'recurring'
  /** Minor units of `currency`; null for a price with tiers. */
  unit_amount: number | null
  unit_amount_decimal: string | null
}

export function newPrice(start: Omit<Price, 'object' | 'type' | 'unit_amount_decimal'>): Price {
  const fixed = {
    billing_scheme: 'per_unit',
    custom_unit_amount: null,
    livemode: false,
    tiers_mode: null,
    transform_quantity: null,
  }
  return {
    ...fixed,
    object: 'price',
    ...start,
    type: start.recurring === null ? 'one_time' : 'recurring',
    unit_amount_decimal: start.unit_amount === null ? null : String(start.unit_amount),
  }
}

export type Product = {
  id: string
  object: 'product'
  active: boolean
  created: number
  default_price: string | null
  description: string | null
  images: string[]
  metadata: Metadata
  name: string
  updated: number
  url: string | null
}

export function newProduct(id: string, created: number, name: string): Product {
  const fixed = {
    livemode: false,
    marketing_features: [],
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: 'service',
    unit_label: null,
  }
  return {
    ...fixed,
    id,
    object: 'product',
    active: true,
    created,
    default_price: null,
    description: null,
    images: [],
    metadata: {},
    name,
    updated: created,
    url: null,
  }
}
