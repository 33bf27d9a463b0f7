import { missing } from './kernel/errors.ts'
import type { BalanceTransaction } from './objects/balance-transaction.ts'
import type { Charge, Refund } from './objects/charge.ts'
import type { Coupon, Discount, PromotionCode } from './objects/coupon.ts'
import type { CreditNote } from './objects/credit-note.ts'
import type { Customer } from './objects/customer.ts'
import type { Dispute } from './objects/dispute.ts'
import type { Event, TestClock, WebhookEndpoint } from './objects/event.ts'
import type { PaymentIntent, SetupIntent } from './objects/intent.ts'
import type { InvoiceItem, InvoicePayment } from './objects/invoice-item.ts'
import type { Invoice } from './objects/invoice.ts'
import type { Meter, MeterEvent } from './objects/meter.ts'
import type { PaymentMethod } from './objects/payment-method.ts'
import type { Price, Product } from './objects/price.ts'
import type { Subscription, SubscriptionItem } from './objects/subscription.ts'
import type { TaxId } from './objects/tax-id.ts'

export type Rows = {
  'billing.meter': Meter
  'billing.meter_event': MeterEvent
  charge: Charge
  coupon: Coupon
  credit_note: CreditNote
  customer: Customer
  customer_balance_transaction: BalanceTransaction
  discount: Discount
  dispute: Dispute
  event: Event
  invoice: Invoice
  invoice_payment: InvoicePayment
  invoiceitem: InvoiceItem
  payment_intent: PaymentIntent
  payment_method: PaymentMethod
  price: Price
  product: Product
  promotion_code: PromotionCode
  refund: Refund
  setup_intent: SetupIntent
  subscription: Subscription
  subscription_item: SubscriptionItem
  tax_id: TaxId
  'test_helpers.test_clock': TestClock
  webhook_endpoint: WebhookEndpoint
}

export type Noun = keyof Rows
export type Row = Rows[Noun]
export type Tables = { [N in Noun]: Map<string, Rows[N]> }

export type Settings = {
  /** What becomes of a subscription whose last automatic retry failed. */
  after_retries: 'past_due' | 'unpaid' | 'cancel' | 'pause'
  /** What becomes of one whose renewal failed for the first time. */
  after_first_failure: 'past_due' | 'pause'
  /** What the payment of the invoice that caused a pause does to the pause. */
  after_paused_paid: 'stay' | 'resume'
  /** What a first payment by bank debit leaves a subscription until the money has come. */
  during_first_debit: 'active' | 'incomplete'
  /** How a US bank account is checked when it is set up. */
  bank_verification: 'instant' | 'microdeposits'
  statement: string
}

export type World = {
  tables: Tables
  settings: Settings
  /** Seconds added to the real time for everything without a test clock. */
  offset: number
  /** UTC seconds, sandbox offset included. */
  now: () => number
  /** Where this service is reached, for links in its answers. */
  origin: string
  /** Whom the events of the running API call name. */
  request: Event['request']
  onEvent: (event: Event) => void
  onChange: () => void
}

export function emptyTables(): Tables {
  return {
    'billing.meter': new Map(),
    'billing.meter_event': new Map(),
    charge: new Map(),
    coupon: new Map(),
    credit_note: new Map(),
    customer: new Map(),
    customer_balance_transaction: new Map(),
    discount: new Map(),
    dispute: new Map(),
    event: new Map(),
    invoice: new Map(),
    invoice_payment: new Map(),
    invoiceitem: new Map(),
    payment_intent: new Map(),
    payment_method: new Map(),
    price: new Map(),
    product: new Map(),
    promotion_code: new Map(),
    refund: new Map(),
    setup_intent: new Map(),
    subscription: new Map(),
    subscription_item: new Map(),
    tax_id: new Map(),
    'test_helpers.test_clock': new Map(),
    webhook_endpoint: new Map(),
  }
}

export const standardSettings: Settings = {
  after_retries: 'past_due',
  after_first_failure: 'past_due',
  after_paused_paid: 'stay',
  during_first_debit: 'active',
  bank_verification: 'instant',
  statement: 'SANDBOX MERCHANT',
}

/** The row, or Stripe's `resource_missing`: 404 when `id` is the path, 400 when it came in another parameter. */
export function find<N extends Noun>(world: World, noun: N, id: string, param = 'id'): Rows[N] {
  const row = world.tables[noun].get(id)
  if (row === undefined) throw missing(nouns[noun] ?? noun, id, param)
  return row
}

const nouns: { [N in Noun]?: string } = {
  'billing.meter': 'meter',
  payment_method: 'PaymentMethod',
  payment_intent: 'payment_intent',
  setup_intent: 'setupintent',
  invoiceitem: 'invoiceitem',
  'test_helpers.test_clock': 'test clock',
}

export function rows<N extends Noun>(world: World, noun: N): Rows[N][] {
  return [...world.tables[noun].values()]
}

/** A customer that can still be worked with; a deleted one is as good as missing. */
export function liveCustomer(world: World, id: string, param = 'customer'): Customer {
  const customer = find(world, 'customer', id, param)
  if (customer.sandbox.deleted) throw missing('customer', id, param)
  return customer
}

/** The time this customer lives in: its test clock's, or the sandbox's (UTC seconds). */
export function timeOf(world: World, customer: string | null): number {
  const clock = customer === null ? null : (world.tables.customer.get(customer)?.test_clock ?? null)
  if (clock === null) return world.now()
  return world.tables['test_helpers.test_clock'].get(clock)?.frozen_time ?? world.now()
}
