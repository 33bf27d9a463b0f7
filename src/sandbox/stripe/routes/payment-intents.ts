import { confirmPayment, unexpectedState } from '#sandbox/stripe/deeds/confirm-payment.ts'
import { change, record } from '#sandbox/stripe/deeds/record-event.ts'
import { newId, newSecret } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import {
  clearableText,
  either,
  flag,
  metadata,
  moment,
  needed,
  oneOf,
  text,
  unmodelled,
  whole,
} from '#sandbox/stripe/kernel/shape.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import { newPaymentIntent } from '#sandbox/stripe/objects/intent.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, rows, timeOf } from '#sandbox/stripe/world.ts'
import {
  confirmNoise,
  givenMethod,
  methodFields,
  methodTypeFields,
  methodTypes,
  proveSecret,
  returnUrlFor,
} from './intent-fields.ts'

const offSession = either(flag, oneOf('one_off', 'recurring'))
const futureUsage = oneOf('off_session', 'on_session')

const sharedFields = {
  ...methodTypeFields,
  amount_details: unmodelled,
  customer: text,
  description: text,
  metadata,
  payment_details: unmodelled,
  payment_method: text,
  payment_method_data: methodFields.payment_method_data,
  payment_method_options: unmodelled,
  receipt_email: clearableText,
  setup_future_usage: futureUsage,
  shipping: unmodelled,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
}

const capture = oneOf('automatic', 'automatic_async')

// Stripe's minimum charge (docs.stripe.com/currencies), in minor units; 50 elsewhere.
const smallest: { [currency: string]: number } = {
  gbp: 30,
  jpy: 50,
  dkk: 250,
  nok: 300,
  sek: 300,
  czk: 1500,
  huf: 17500,
  pln: 200,
}

function checkAmount(amount: number, currency: string): void {
  if (amount >= (smallest[currency] ?? 50)) return
  throw invalid(`Amount must be at least ${smallest[currency] ?? 50} in the smallest unit of ${currency}.`, {
    code: 'amount_too_small',
    param: 'amount',
  })
}

const createPaymentIntentFields = {
  ...sharedFields,
  ...methodFields,
  amount: needed(whole),
  currency: needed(text),
  capture_method: capture,
  confirm: flag,
  confirmation_method: oneOf('automatic', 'manual'),
  error_on_requires_action: flag,
  off_session: offSession,
  radar_options: unmodelled,
  transfer_group: unmodelled,
}

const cancelPaymentIntentFields = {
  cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'),
}

export const paymentIntentRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/payment_intents',
    answers: 'payment_intent',
    fields: createPaymentIntentFields,
    deed: (call, given) => {
      const { world } = call
      const currency = given.currency.toLowerCase()
      checkAmount(given.amount, currency)
      const customer = given.customer === undefined ? null : liveCustomer(world, given.customer).id
      const types = methodTypes(call, given)
      const method = givenMethod(call, given, customer)
      const id = newId('pi')
      const intent = newPaymentIntent({
        id,
        created: timeOf(world, customer),
        client_secret: newSecret(id),
        amount: given.amount,
        currency,
      })
      Object.assign(intent, types, {
        customer,
        description: given.description ?? null,
        receipt_email: given.receipt_email ?? null,
      })
      Object.assign(intent, {
        setup_future_usage: given.setup_future_usage ?? null,
        statement_descriptor: given.statement_descriptor ?? null,
      })
      intent.metadata = mergeMetadata({}, given.metadata)
      if (method !== undefined) Object.assign(intent, { payment_method: method.id, status: 'requires_confirmation' })
      intent.sandbox.returnUrl = returnUrlFor(call, given)
      world.tables.payment_intent.set(id, intent)
      record(world, 'payment_intent.created', intent)
      if (given.confirm === true) confirmPayment(world, intent, method, isOff(given.off_session))
      return present(world, intent)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/payment_intents',
    answers: 'list:payment_intent',
    fields: { ...pageFields, created: moment, customer: text },
    deed: ({ world }, given) => {
      const found = rows(world, 'payment_intent').filter(
        (one) =>
          (given.customer === undefined || one.customer === given.customer) && isWithin(given.created, one.created),
      )
      return page('/v1/payment_intents', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/payment_intents/:id',
    answers: 'payment_intent',
    fields: { client_secret: text },
    browserFields: confirmNoise,
    deed: (call, given) => {
      const intent = find(call.world, 'payment_intent', call.ids['id'] ?? '')
      proveSecret(call, intent, given.client_secret)
      return present(call.world, intent)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/payment_intents/:id',
    answers: 'payment_intent',
    fields: { ...sharedFields, amount: whole, currency: text },
    deed: (call, given) => {
      const { world } = call
      const intent = find(world, 'payment_intent', call.ids['id'] ?? '')
      if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing')
        throw unexpectedState(world, intent, 'update')
      if (given.amount !== undefined && intent.sandbox.invoice !== null)
        throw invalid('The amount of a PaymentIntent of an invoice cannot be changed.', { param: 'amount' })
      if (given.amount !== undefined) checkAmount(given.amount, intent.currency)
      const customer = given.customer === undefined ? intent.customer : liveCustomer(world, given.customer).id
      const method = givenMethod(call, given, customer)
      const { amount, description, receipt_email, setup_future_usage, statement_descriptor } = given
      const plain = { amount, description, receipt_email, setup_future_usage, statement_descriptor }
      Object.assign(
        intent,
        { customer },
        Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
      )
      intent.metadata = mergeMetadata(intent.metadata, given.metadata)
      if (method !== undefined) Object.assign(intent, { payment_method: method.id, status: 'requires_confirmation' })
      world.onChange()
      return present(world, intent)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/payment_intents/:id/confirm',
    answers: 'payment_intent',
    fields: {
      ...methodFields,
      client_secret: text,
      allowed_payment_method_types: methodTypeFields.allowed_payment_method_types,
      capture_method: capture,
      error_on_requires_action: flag,
      off_session: offSession,
      receipt_email: clearableText,
      setup_future_usage: futureUsage,
      shipping: unmodelled,
    },
    browserFields: confirmNoise,
    deed: (call, given) => {
      const { world } = call
      const intent = find(world, 'payment_intent', call.ids['id'] ?? '')
      proveSecret(call, intent, given.client_secret)
      const method = givenMethod(call, given, intent.customer)
      if (given.setup_future_usage !== undefined) intent.setup_future_usage = given.setup_future_usage
      intent.sandbox.returnUrl = returnUrlFor(call, given)
      confirmPayment(world, intent, method, call.key === 'secret' && isOff(given.off_session))
      return present(world, intent)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/payment_intents/:id/cancel',
    answers: 'payment_intent',
    fields: cancelPaymentIntentFields,
    deed: ({ world, ids }, given) => {
      const intent = find(world, 'payment_intent', ids['id'] ?? '')
      if (intent.sandbox.invoice !== null) {
        throw invalid(
          'This PaymentIntent belongs to an invoice and cannot be canceled directly; void the invoice instead.',
          { code: 'payment_intent_unexpected_state' },
        )
      }
      if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing')
        throw unexpectedState(world, intent, 'cancel')
      change(world, intent, 'payment_intent.canceled', () => {
        Object.assign(intent, { status: 'canceled', canceled_at: timeOf(world, intent.customer), next_action: null })
        intent.cancellation_reason = given.cancellation_reason ?? null
      })
      return present(world, intent)
    },
  }),
]

function isOff(given: boolean | string | undefined): boolean {
  return given !== undefined && given !== false
}
