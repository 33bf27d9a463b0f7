import type { Links, Link, Resolver } from './kernel/expand.ts'
import type { Wire } from './kernel/errors.ts'
import { intentOf } from './deeds/finalize-invoice.ts'
import type { Customer } from './objects/customer.ts'
import { present } from './present.ts'
import { placeOf, rateAt } from './tax.ts'
import { rows, type Noun, type World } from './world.ts'

const id = (to: Noun | 'unmodelled'): Link => ({ to, how: 'id' })
const included = (to: Noun): Link => ({ to, how: 'included' })
const includedList = (to: Noun): Link => ({ to, how: 'included', list: true })
const addedList = (to: Noun | 'unmodelled'): Link => ({ to, how: 'added', list: true })

/** Which fields expand into what (stripe@23.1.0, API version 2026-10-28.endive). */
export const links: Links = {
  customer: {
    default_source: id('unmodelled'),
    'invoice_settings.default_payment_method': id('payment_method'),
    subscriptions: addedList('subscription'),
    sources: addedList('unmodelled'),
    tax: { to: 'unmodelled', how: 'added' },
    tax_ids: addedList('tax_id'),
    test_clock: id('test_helpers.test_clock'),
  },
  customer_balance_transaction: {
    checkout_session: id('unmodelled'),
    credit_note: id('credit_note'),
    customer: id('customer'),
    invoice: id('invoice'),
  },
  payment_method: { customer: id('customer') },
  tax_id: { customer: id('customer') },
  setup_intent: {
    customer: id('customer'),
    latest_attempt: id('unmodelled'),
    mandate: id('unmodelled'),
    payment_method: id('payment_method'),
    single_use_mandate: id('unmodelled'),
  },
  payment_intent: {
    customer: id('customer'),
    latest_charge: id('charge'),
    payment_method: id('payment_method'),
    review: id('unmodelled'),
  },
  charge: {
    balance_transaction: id('unmodelled'),
    customer: id('customer'),
    payment_intent: id('payment_intent'),
    refunds: addedList('refund'),
    review: id('unmodelled'),
  },
  refund: {
    balance_transaction: id('unmodelled'),
    charge: id('charge'),
    customer: id('customer'),
    payment_intent: id('payment_intent'),
    payment_method: id('payment_method'),
  },
  credit_note: {
    customer: id('customer'),
    customer_balance_transaction: id('customer_balance_transaction'),
    invoice: id('invoice'),
  },
  coupon: { applies_to: { to: 'unmodelled', how: 'included' } },
  discount: {
    customer: id('customer'),
    promotion_code: id('promotion_code'),
    'source.coupon': id('coupon'),
  },
  promotion_code: { customer: id('customer'), 'promotion.coupon': id('coupon') },
  dispute: { charge: id('charge'), payment_intent: id('payment_intent') },
  product: { default_price: id('price'), tax_code: id('unmodelled') },
  price: {
    product: id('product'),
    currency_options: { to: 'unmodelled', how: 'included' },
    tiers: { to: 'unmodelled', how: 'included' },
  },
  subscription: {
    customer: id('customer'),
    default_payment_method: id('payment_method'),
    default_source: id('unmodelled'),
    discounts: id('discount'),
    items: includedList('subscription_item'),
    latest_invoice: id('invoice'),
    pending_setup_intent: id('setup_intent'),
    schedule: id('unmodelled'),
    test_clock: id('test_helpers.test_clock'),
  },
  subscription_item: { price: included('price'), discounts: { to: 'unmodelled', how: 'included' } },
  invoice: {
    confirmation_secret: { to: 'unmodelled', how: 'added' },
    customer: id('customer'),
    default_payment_method: id('payment_method'),
    discounts: id('discount'),
    latest_revision: id('invoice'),
    lines: { to: 'line_item', how: 'included', list: true },
    'parent.subscription_details.subscription': id('subscription'),
    payments: addedList('invoice_payment'),
    test_clock: id('test_helpers.test_clock'),
    total_discount_amounts: { to: 'unmodelled', how: 'included' },
  },
  line_item: {
    'pricing.price_details.price': id('price'),
    subscription: id('subscription'),
    discounts: { to: 'unmodelled', how: 'included' },
  },
  invoice_payment: {
    invoice: id('invoice'),
    'payment.payment_intent': id('payment_intent'),
    'payment.charge': id('charge'),
  },
  invoiceitem: {
    customer: id('customer'),
    discounts: { to: 'unmodelled', how: 'included' },
    invoice: id('invoice'),
    'pricing.price_details.price': id('price'),
    test_clock: id('test_helpers.test_clock'),
  },
}

export function resolver(world: World): Resolver {
  return {
    links,
    byId: (object, key) => {
      const row = isNoun(world, object) ? world.tables[object].get(key) : undefined
      return row === undefined ? undefined : present(world, row)
    },
    add: (object, path, wire) => additions[`${object}.${path}`]?.(world, String(wire['id'])) ?? null,
  }
}

function isNoun(world: World, object: string): object is Noun {
  return Object.hasOwn(world.tables, object)
}

function listed(url: string, data: Wire[]): Wire {
  return { object: 'list', data, has_more: false, url }
}

const additions: { [path: string]: (world: World, id: string) => unknown } = {
  'customer.subscriptions': (world, customer) =>
    listed(
      `/v1/customers/${customer}/subscriptions`,
      rows(world, 'subscription')
        .filter((one) => one.customer === customer && one.status !== 'canceled' && one.status !== 'incomplete_expired')
        .toReversed()
        .map((one) => present(world, one)),
    ),
  'customer.sources': (_, customer) => listed(`/v1/customers/${customer}/sources`, []),
  'customer.tax_ids': (world, customer) =>
    listed(
      `/v1/customers/${customer}/tax_ids`,
      rows(world, 'tax_id')
        .filter((one) => one.customer === customer)
        .toReversed()
        .map((one) => present(world, one)),
    ),
  'customer.tax': (world, customer) => taxOf(world.tables.customer.get(customer)),
  'charge.refunds': (world, charge) =>
    listed(
      `/v1/charges/${charge}/refunds`,
      rows(world, 'refund')
        .filter((one) => one.charge === charge)
        .toReversed()
        .map((one) => present(world, one)),
    ),
  'invoice.confirmation_secret': (world, invoice) => {
    const held = world.tables.invoice.get(invoice)
    if (held === undefined) return null
    const asks = held.status === 'open' || held.status === 'uncollectible'
    const intent = asks ? intentOf(world, held) : world.tables.payment_intent.get(held.sandbox.intent ?? '')
    return intent === undefined ? null : { client_secret: intent.client_secret, type: 'payment_intent' }
  },
  'invoice.payments': (world, invoice) =>
    listed(
      '/v1/invoice_payments',
      rows(world, 'invoice_payment')
        .filter((one) => one.invoice === invoice)
        .toReversed()
        .map((one) => present(world, one)),
    ),
}

function taxOf(customer: Customer | undefined): Wire {
  const place = placeOf(customer?.address ?? null)
  const held = place === null ? null : rateAt(place, { exempt: customer?.tax_exempt ?? 'none', business: false })
  const supported = held === null ? 'unrecognized_location' : 'supported'
  return {
    automatic_tax: held?.reason === 'not_collecting' ? 'not_collecting' : supported,
    ip_address: null,
    location: place === null ? null : { ...place, source: 'billing_address' },
    provider: 'stripe',
  }
}
