import { documented, invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { Discount } from '#sandbox/stripe/objects/coupon.ts'
import type { Customer } from '#sandbox/stripe/objects/customer.ts'
import type { Invoice, InvoiceLine, LineTax } from '#sandbox/stripe/objects/invoice.ts'
import { placeOf, rateAt, taxOn } from '#sandbox/stripe/tax.ts'
import { rows, type World } from '#sandbox/stripe/world.ts'
import { change, record } from './record-event.ts'
import { discountLines } from './redeem-coupon.ts'

/** Adds up the lines, taxes them where the invoice asks for it, and takes the customer's balance into account; minor units of its currency. */
export function total(world: World, invoice: Invoice, discounts = heldBy(world, invoice)): void {
  const customer = world.tables.customer.get(invoice.customer)
  discountLines(world, invoice.lines.data, discounts)
  tax(world, invoice, customer)
  const taken = invoice.lines.data.flatMap((line) => line.discount_amounts)
  const taxes = invoice.lines.data.flatMap((line) => line.taxes)
  const within = sum(taxes.filter((one) => one.tax_behavior === 'inclusive'))
  const upon = sum(taxes) - within
  const subtotal = sum(invoice.lines.data)
  const net = subtotal - sum(taken)
  const balance = customer?.balance ?? 0
  const due = Math.max(0, net + upon + balance)
  Object.assign(invoice, {
    subtotal,
    subtotal_excluding_tax: subtotal - within,
    total: net + upon,
    total_discount_amounts: byDiscount(taken),
    total_excluding_tax: net - within,
    total_taxes: gathered(taxes),
    starting_balance: balance,
    amount_due: due,
    amount_remaining: due,
  })
}

function heldBy(world: World, invoice: Invoice): Discount[] {
  return invoice.discounts.flatMap((id) => world.tables.discount.get(id) ?? [])
}

function byDiscount(taken: InvoiceLine['discount_amounts']): InvoiceLine['discount_amounts'] {
  const found = new Map<string, number>()
  for (const { amount, discount } of taken) found.set(discount, (found.get(discount) ?? 0) + amount)
  return [...found].map(([discount, amount]) => ({ amount, discount }))
}

function sum(parts: { amount: number }[]): number {
  return parts.reduce((all, { amount }) => all + amount, 0)
}

function tax(world: World, invoice: Invoice, customer: Customer | undefined): void {
  if (!invoice.automatic_tax.enabled) return
  const place = placeOf(invoice.customer_address)
  invoice.automatic_tax.status = place === null ? 'requires_location_inputs' : 'complete'
  const business = rows(world, 'tax_id').some((one) => one.customer === invoice.customer && one.type === 'eu_vat')
  const held = place === null ? null : rateAt(place, { exempt: customer?.tax_exempt ?? 'none', business })
  for (const line of invoice.lines.data) {
    if (place === null || held === null) {
      line.taxes = []
      continue
    }
    const tax_behavior = behaviorOf(world, line)
    const net = line.amount - sum(line.discount_amounts)
    const amount = taxOn(net, held.rate, tax_behavior)
    const collected = held.reason === 'standard_rated'
    const id = `txr_sandbox${place.country}${place.state ?? ''}`
    line.taxes = [
      {
        amount,
        tax_behavior,
        tax_rate_details: collected ? { tax_rate: id } : null,
        taxability_reason: held.reason,
        taxable_amount: collected ? net - (tax_behavior === 'inclusive' ? amount : 0) : 0,
        type: 'tax_rate_details',
      },
    ]
  }
}

function behaviorOf(world: World, line: InvoiceLine): LineTax['tax_behavior'] {
  const price = world.tables.price.get(line.pricing?.price_details.price ?? '')
  return price?.tax_behavior === 'inclusive' ? 'inclusive' : 'exclusive'
}

// One entry for each way of taxing, as the foot of an invoice shows it.
function gathered(taxes: LineTax[]): LineTax[] {
  const found = new Map<string, LineTax>()
  for (const one of taxes) {
    const key = `${one.tax_behavior} ${one.taxability_reason} ${one.tax_rate_details?.tax_rate ?? ''}`
    const held = found.get(key)
    if (held === undefined) found.set(key, { ...one })
    else {
      held.amount += one.amount
      held.taxable_amount += one.taxable_amount
    }
  }
  return [...found.values()]
}

/** What nobody knows where to tax. Stripe's words. */
export function locationUnknown() {
  const message =
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax."
  return invalid(message, { code: 'customer_tax_location_invalid' })
}

/** @throws {Refusal} 400 customer_tax_location_invalid when tax is to be calculated and the address is no use for it */
export function requireLocation(taxes: { enabled: boolean }, customer: Customer): void {
  if (taxes.enabled && placeOf(customer.address) === null) throw locationUnknown()
}

/** Adds a draft up once more, with all its customer is by now; false when it asks for tax and there is nowhere to tax. */
export function canBeTaxed(world: World, invoice: Invoice): boolean {
  const customer = world.tables.customer.get(invoice.customer)
  if (customer !== undefined) describeCustomer(invoice, customer)
  total(world, invoice)
  return invoice.automatic_tax.status !== 'requires_location_inputs'
}

/** An invoice that cannot be taxed stays a draft and says why; nothing finalizes it by itself until it can be. */
export function failFinalization(world: World, invoice: Invoice): void {
  const { message } = locationUnknown()
  const error = documented({ type: 'invalid_request_error', code: 'customer_tax_location_invalid', message })
  change(world, invoice, 'invoice.updated', () => {
    Object.assign(invoice, { last_finalization_error: error, automatically_finalizes_at: null })
  })
  record(world, 'invoice.finalization_failed', invoice)
}

const hour = 3600

/** A draft names its customer as the customer is now; one that could not be taxed goes on by itself once it can. */
export function refreshDrafts(world: World, customer: Customer, now: number): void {
  for (const invoice of rows(world, 'invoice')) {
    if (invoice.customer !== customer.id || invoice.status !== 'draft') continue
    const stuck = invoice.automatic_tax.status === 'requires_location_inputs'
    change(world, invoice, 'invoice.updated', () => {
      describeCustomer(invoice, customer)
      total(world, invoice)
      const free = stuck && invoice.automatic_tax.status === 'complete'
      if (free && invoice.auto_advance) invoice.automatically_finalizes_at ??= now + hour
    })
  }
}

export function describeCustomer(invoice: Invoice, customer: Customer): void {
  Object.assign(invoice, {
    customer_address: structuredClone(customer.address),
    customer_email: customer.email,
    customer_name: customer.name,
    customer_phone: customer.phone,
    customer_tax_exempt: customer.tax_exempt,
  })
}
