import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advance } from '#sandbox/demo/customer.ts'
import { untaxable } from '#sandbox/demo/moves.ts'
import { customerWith, idOf, monthly, openBench, refusal, type Bench } from './test-bench.ts'
import { at, clockAt, hour, latest, start } from './test-clock.ts'
import { labOf, who } from './test-lab.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const berlin = { line1: 'Invalidenstr. 1', postal_code: '10115', city: 'Berlin', country: 'DE' }
const enabled = { enabled: true }

async function taxedBill(customer: string, autoAdvance = false): Promise<Stripe.Invoice> {
  await bench.stripe.invoiceItems.create({ customer, amount: 1000, currency: 'eur' })
  return bench.stripe.invoices.create({
    customer,
    automatic_tax: enabled,
    auto_advance: autoAdvance,
    pending_invoice_items_behavior: 'include',
  })
}

describe('tax', () => {
  it.each([
    ['Germany', berlin, 190],
    ['France', { country: 'FR' }, 200],
    ['California, by its postal code', { country: 'US', postal_code: '94103' }, 73],
    ['where nothing is collected', { country: 'BR' }, 0],
  ])('is added by where the customer is: %s', async (_, address, amount) => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    await bench.stripe.customers.update(customer, { address })
    const bill = await taxedBill(customer)
    expect(bill).toMatchObject({ subtotal: 1000, total: 1000 + amount, amount_due: 1000 + amount })
    expect(bill.automatic_tax.status).toBe('complete')
    expect(bill.total_taxes?.map((one) => one.amount)).toEqual([amount])
    expect((await bench.stripe.invoices.pay(bill.id)).amount_paid).toBe(1000 + amount)
  })

  it('is in a preview what it is in the charge, and within a price that includes it', async () => {
    const { stripe } = bench
    const { customer } = await customerWith(bench, 'pm_card_visa')
    await stripe.customers.update(customer, { address: berlin })
    const product = await stripe.products.create({ name: 'Team' })
    const price = await stripe.prices.create({
      product: product.id,
      currency: 'eur',
      unit_amount: 11_900,
      tax_behavior: 'inclusive',
      recurring: { interval: 'month' },
    })
    const items = [{ price: price.id }]
    const preview = await stripe.invoices.createPreview({
      customer,
      automatic_tax: enabled,
      subscription_details: { items },
    })
    const made = await stripe.subscriptions.create({ customer, items, automatic_tax: enabled })
    const charged = await latest(bench, made.id)
    for (const one of [preview, charged])
      expect(one).toMatchObject({ total: 11_900, total_excluding_tax: 10_000, total_taxes: [{ amount: 1900 }] })
  })

  it('is the business customer’s own where the charge is reversed', async () => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    await bench.stripe.customers.update(customer, { address: berlin })
    await bench.stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'DE123456789' })
    const bill = await taxedBill(customer)
    expect(bill.total).toBe(1000)
    expect(bill.total_taxes).toMatchObject([{ amount: 0, taxability_reason: 'reverse_charge' }])
    const open = await bench.stripe.invoices.finalizeInvoice(bill.id)
    expect(open.customer_tax_ids).toEqual([{ type: 'eu_vat', value: 'DE123456789' }])
  })
})

describe('an address that tax cannot use', () => {
  it('is refused where it is to be checked at once, and taken where it is not', async () => {
    const { id } = await bench.stripe.customers.create()
    const address = { country: 'US', state: 'CA' }
    const call = bench.stripe.customers.update(id, { address, tax: { validate_location: 'immediately' } })
    expect(await refusal(call)).toMatchObject({ statusCode: 400, code: 'customer_tax_location_invalid' })
    const kept = await bench.stripe.customers.update(id, { address, expand: ['tax'] })
    expect(kept.tax?.automatic_tax).toBe('unrecognized_location')
    const known = await bench.stripe.customers.update(id, {
      address: berlin,
      tax: { validate_location: 'immediately' },
      expand: ['tax'],
    })
    expect(known.tax).toMatchObject({ automatic_tax: 'supported', location: { country: 'DE' } })
  })

  it('keeps an invoice a draft that says why, and a new subscription from beginning', async () => {
    const { customer } = await customerWith(bench, 'pm_card_visa')
    const bill = await taxedBill(customer)
    expect([bill.automatic_tax.status, bill.total]).toEqual(['requires_location_inputs', 1000])
    for (const call of [bench.stripe.invoices.finalizeInvoice(bill.id), bench.stripe.invoices.pay(bill.id)])
      expect(await refusal(call)).toMatchObject({ statusCode: 400, code: 'customer_tax_location_invalid' })
    const stuck = await bench.stripe.invoices.retrieve(bill.id)
    expect([stuck.status, stuck.last_finalization_error?.code]).toEqual(['draft', 'customer_tax_location_invalid'])
    const items = [{ price: await monthly(bench) }]
    const begin = bench.stripe.subscriptions.create({ customer, items, automatic_tax: enabled })
    expect((await refusal(begin)).code).toBe('customer_tax_location_invalid')
    const preview = await bench.stripe.invoices.createPreview({
      customer,
      automatic_tax: enabled,
      subscription_details: { items },
    })
    expect(preview.automatic_tax.status).toBe('requires_location_inputs')
    await bench.stripe.customers.update(customer, { address: berlin })
    const open = await bench.stripe.invoices.finalizeInvoice(bill.id)
    expect(open).toMatchObject({ status: 'open', total: 1190, last_finalization_error: null })
  })

  it('stops a renewal, which goes on by itself an hour after the address is good', async () => {
    const made = await untaxable(await labOf(bench), who)
    const stuck = await latest(bench, made.id)
    expect(stuck.last_finalization_error?.code).toBe('customer_tax_location_invalid')
    const { data } = await bench.stripe.events.list({ type: 'invoice.finalization_failed' })
    expect(data.map((event) => (event.data.object as { id: string }).id)).toContain(stuck.id)
    await advance(bench, made.clock, at(2026, 3, 13))
    expect((await latest(bench, made.id)).status).toBe('draft')
    await bench.stripe.customers.update(made.customer, { address: berlin })
    await advance(bench, made.clock, at(2026, 3, 13, 14))
    expect(await latest(bench, made.id)).toMatchObject({ id: stuck.id, status: 'paid', total: 4900 + 931 })
  })
})

describe('a tax number', () => {
  it.each([
    ['eu_vat', 'DE123456789', 'DE12345678'],
    ['eu_vat', 'FRAB123456789', 'XX123456789'],
    ['gb_vat', 'GB123456789', 'GB12345'],
    ['us_ein', '12-3456789', '123'],
    ['ch_vat', 'CHE-123.456.789 MWST', 'CHE-123.456.789'],
    ['au_abn', '12 345 678 912', '1234567891'],
    ['ca_gst_hst', '123456789RT0002', '123456789'],
    ['in_gst', '12ABCDE3456FGZH', '12ABCDE3456F'],
    ['jp_cn', '1234567891234', '123456789123'],
    ['no_vat', '123456789MVA', '123456789'],
    ['br_cnpj', '01.234.456/5432-10', '01.234.456'],
  ] as const)('of kind %s looks like %s and not like %s', async (type, right, wrong) => {
    const { id } = await bench.stripe.customers.create()
    const held = await bench.stripe.customers.createTaxId(id, { type, value: right })
    expect(held).toMatchObject({ type, value: right, customer: id })
    const call = bench.stripe.customers.createTaxId(id, { type, value: wrong })
    expect(await refusal(call)).toMatchObject({ statusCode: 400, code: 'tax_id_invalid' })
    expect((await bench.stripe.customers.listTaxIds(id)).data).toHaveLength(1)
    expect(await bench.stripe.customers.deleteTaxId(id, held.id)).toMatchObject({ deleted: true })
    expect((await bench.stripe.customers.listTaxIds(id)).data).toEqual([])
  })

  it.each([
    ['DE000000000', 'verified'],
    ['DE111111111', 'unverified'],
    ['DE222222222', 'pending'],
  ])('%s is %s once the office has answered', async (value, status) => {
    const clock = await clockAt(bench)
    const { id } = await bench.stripe.customers.create({ test_clock: clock.id, name: 'Ada GmbH' })
    const held = await bench.stripe.customers.createTaxId(id, { type: 'eu_vat', value })
    expect(held.verification?.status).toBe('pending')
    await clock.to(start + hour)
    expect((await bench.stripe.customers.retrieveTaxId(id, held.id)).verification?.status).toBe(status)
  })

  it('that no office is asked about stays so; a lever gives any other answer', async () => {
    const { id } = await bench.stripe.customers.create()
    const ein = await bench.stripe.customers.createTaxId(id, { type: 'us_ein', value: '12-3456789' })
    expect(ein.verification?.status).toBe('unavailable')
    const vat = await bench.stripe.customers.createTaxId(id, { type: 'eu_vat', value: 'DE123456789' })
    await bench.lever('POST', `tax_ids/${vat.id}`, { status: 'unverified' })
    const shown = await bench.stripe.customers.retrieve(id, { expand: ['tax_ids'] })
    expect(shown).toMatchObject({ tax_ids: { data: [{ verification: { status: 'unverified' } }, { id: ein.id }] } })
    expect(idOf(vat.customer)).toBe(id)
  })
})
