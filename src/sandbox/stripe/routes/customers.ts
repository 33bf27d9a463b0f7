import { newId, randomText } from '#sandbox/stripe/ids.ts'
import { invalid, missing } from '#sandbox/stripe/kernel/errors.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import {
  clearable,
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
  type Values,
} from '#sandbox/stripe/kernel/shape.ts'
import { attach, attachDecline, detach, refuseAttach } from '#sandbox/stripe/deeds/attach-payment-method.ts'
import { cancelSubscription } from '#sandbox/stripe/deeds/cancel-subscription.ts'
import { isOver } from '#sandbox/stripe/deeds/follow-invoice.ts'
import {
  attachedPaymentMethod,
  mintFromTemplate,
  usablePaymentMethod,
} from '#sandbox/stripe/deeds/mint-payment-method.ts'
import { checkTaxId, holdTaxId } from '#sandbox/stripe/deeds/hold-tax-id.ts'
import { setBalance } from '#sandbox/stripe/deeds/move-balance.ts'
import { change, record } from '#sandbox/stripe/deeds/record-event.ts'
import { locationUnknown, refreshDrafts } from '#sandbox/stripe/deeds/total-invoice.ts'
import { mergeMetadata, newCustomer, wholeAddress, type Customer } from '#sandbox/stripe/objects/customer.ts'
import { present, presentDeleted } from '#sandbox/stripe/present.ts'
import { placeOf } from '#sandbox/stripe/tax.ts'
import { find, liveCustomer, rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import { addressFields } from './address-fields.ts'
import { checkEmail } from './check-email.ts'

const shared = {
  address: clearable(addressFields),
  balance: whole,
  business_name: unmodelled,
  cash_balance: unmodelled,
  description: clearableText,
  email: clearableText,
  individual_name: unmodelled,
  invoice_prefix: text,
  invoice_settings: object({
    custom_fields: unmodelled,
    default_payment_method: clearableText,
    footer: clearableText,
    rendering_options: unmodelled,
  }),
  metadata,
  name: clearableText,
  next_invoice_sequence: whole,
  phone: clearableText,
  preferred_locales: list(text),
  shipping: clearable(object({ address: addressFields, name: text, phone: clearableText })),
  source: text,
  tax: object({ ip_address: clearableText, validate_location: oneOf('auto', 'deferred', 'immediately') }),
  tax_exempt: oneOf('none', 'exempt', 'reverse'),
  validate: flag,
}
const createFields = {
  ...shared,
  payment_method: text,
  tax_id_data: list(object({ type: needed(text), value: needed(text) })),
  test_clock: text,
}
const updateFields = { ...shared, default_source: text }

type Given = Values<typeof shared>

function fill(customer: Customer, given: Given): void {
  const { address, description, email, invoice_prefix, invoice_settings, name, next_invoice_sequence, phone } = given
  const plain = { description, email, invoice_prefix, name, next_invoice_sequence, phone }
  Object.assign(customer, Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)))
  if (address !== undefined) customer.address = address === null ? null : wholeAddress(address)
  if (given.preferred_locales !== undefined) customer.preferred_locales = given.preferred_locales
  if (given.tax_exempt !== undefined) customer.tax_exempt = given.tax_exempt
  if (given.shipping !== undefined) {
    const { shipping } = given
    customer.shipping =
      shipping === null
        ? null
        : { name: shipping.name ?? '', phone: shipping.phone ?? null, address: wholeAddress(shipping.address ?? {}) }
  }
  customer.metadata = mergeMetadata(customer.metadata, given.metadata)
  if (invoice_settings?.footer !== undefined) customer.invoice_settings.footer = invoice_settings.footer
}

// `immediately` refuses an address that tax cannot use, `auto` only while tax is calculated for this customer.
function checkLocation(world: World, customer: Customer, given: Given): void {
  const how = given.tax?.validate_location ?? 'deferred'
  const taxed = rows(world, 'subscription').some((one) => one.customer === customer.id && one.automatic_tax.enabled)
  if (how === 'deferred' || (how === 'auto' && !taxed)) return
  const address = given.address === undefined ? customer.address : given.address
  if (placeOf(address === null ? null : wholeAddress(address)) === null) throw locationUnknown()
}

function setDefault(world: World, customer: Customer, given: Given): void {
  const id = given.invoice_settings?.default_payment_method
  if (id === undefined) return
  const param = 'invoice_settings[default_payment_method]'
  customer.invoice_settings.default_payment_method =
    id === null ? null : attachedPaymentMethod(world, id, customer.id, param).id
}

// `payment_method` and the older `source=tok_visa` put a first card on file.
function firstMethod(world: World, customer: Customer, id: string, asDefault: boolean): void {
  const method = asDefault ? mintFromTemplate(world, id) : usablePaymentMethod(world, id, customer.id, 'payment_method')
  if (method === undefined) throw missing('token', id, 'source')
  const decline = attachDecline(method)
  if (decline !== null) throw refuseAttach(world, method, decline)
  attach(world, method, customer.id)
  if (asDefault) customer.invoice_settings.default_payment_method = method.id
}

function createCustomer(world: World, given: Values<typeof createFields>): Customer {
  const clock =
    given.test_clock === undefined ? undefined : find(world, 'test_helpers.test_clock', given.test_clock, 'test_clock')
  const customer = newCustomer(newId('cus', 14), clock?.frozen_time ?? world.now(), randomText(8).toUpperCase())
  customer.test_clock = clock?.id ?? null
  checkEmail(given.email)
  checkLocation(world, customer, given)
  for (const { type, value } of given.tax_id_data ?? []) checkTaxId(type, value)
  fill(customer, given)
  world.tables.customer.set(customer.id, customer)
  setBalance(world, customer, given.balance, 'initial')
  try {
    if (given.payment_method !== undefined) firstMethod(world, customer, given.payment_method, false)
    if (given.source !== undefined) firstMethod(world, customer, given.source, true)
    const first = given.invoice_settings?.default_payment_method ?? null
    if (first !== null && first !== given.payment_method) setDefault(world, customer, given)
    else if (first !== null) {
      const attached = rows(world, 'payment_method').findLast((method) => method.customer === customer.id)
      customer.invoice_settings.default_payment_method = attached?.id ?? null
    }
  } catch (refusal) {
    world.tables.customer.delete(customer.id)
    throw refusal
  }
  record(world, 'customer.created', customer)
  for (const { type, value } of given.tax_id_data ?? []) holdTaxId(world, customer.id, type, value)
  return customer
}

function updateCustomer(world: World, id: string, given: Values<typeof updateFields>): Customer {
  const customer = liveCustomer(world, id, 'id')
  const named = given.invoice_settings?.default_payment_method ?? null
  if (named !== null) attachedPaymentMethod(world, named, customer.id, 'invoice_settings[default_payment_method]')
  checkEmail(given.email)
  checkLocation(world, customer, given)
  change(world, customer, 'customer.updated', () => {
    fill(customer, given)
    setBalance(world, customer, given.balance, 'adjustment')
    setDefault(world, customer, given)
    if (given.source !== undefined) firstMethod(world, customer, given.source, true)
  })
  refreshDrafts(world, customer, timeOf(world, customer.id))
  return customer
}

function deleteCustomer(world: World, id: string): Customer {
  const customer = liveCustomer(world, id, 'id')
  for (const subscription of rows(world, 'subscription')) {
    if (subscription.customer === id && !isOver(subscription))
      cancelSubscription(world, subscription, 'cancellation_requested')
  }
  for (const method of rows(world, 'payment_method')) if (method.customer === id) detach(world, method)
  record(world, 'customer.deleted', customer)
  customer.sandbox.deleted = true
  return customer
}

export const customerRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/customers',
    answers: 'customer',
    fields: createFields,
    deed: ({ world }, given) => present(world, createCustomer(world, given)),
  }),
  route({
    method: 'GET',
    path: '/v1/customers',
    answers: 'list:customer',
    fields: { ...pageFields, created: moment, email: text, test_clock: text },
    deed: ({ world }, given) => {
      const found = rows(world, 'customer').filter(
        (one) =>
          !one.sandbox.deleted &&
          (given.test_clock === undefined ? one.test_clock === null : one.test_clock === given.test_clock) &&
          (given.email === undefined || one.email === given.email) &&
          isWithin(given.created, one.created),
      )
      return page('/v1/customers', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/customers/:id',
    answers: 'customer',
    deed: ({ world, ids }) => present(world, find(world, 'customer', ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/customers/:id',
    answers: 'customer',
    fields: updateFields,
    deed: ({ world, ids }, given) => present(world, updateCustomer(world, ids['id'] ?? '', given)),
  }),
  route({
    method: 'DELETE',
    path: '/v1/customers/:id',
    answers: 'customer',
    deed: ({ world, ids }) => presentDeleted(deleteCustomer(world, ids['id'] ?? '')),
  }),
  route({
    method: 'GET',
    path: '/v1/customers/:id/payment_methods',
    answers: 'list:payment_method',
    fields: { ...pageFields, type: text, allow_redisplay: text },
    deed: ({ world, ids }, given) => {
      const customer = liveCustomer(world, ids['id'] ?? '', 'id')
      const found = rows(world, 'payment_method').filter(
        (one) =>
          one.customer === customer.id &&
          (given.type === undefined || one.type === given.type) &&
          (given.allow_redisplay === undefined || one.allow_redisplay === given.allow_redisplay),
      )
      return page(`/v1/customers/${customer.id}/payment_methods`, found.toReversed(), given, (one) =>
        present(world, one),
      )
    },
  }),
  route({
    method: 'GET',
    path: '/v1/customers/:id/payment_methods/:method',
    answers: 'payment_method',
    deed: ({ world, ids }) => {
      const method = find(world, 'payment_method', ids['method'] ?? '')
      if (method.customer !== ids['id'])
        throw invalid(`No such PaymentMethod: '${method.id}'`, { code: 'resource_missing', param: 'payment_method' })
      return present(world, method)
    },
  }),
]
