import { confirmSetup, unexpectedSetupState } from '#sandbox/stripe/deeds/confirm-setup.ts'
import { askForMicrodeposits, verifyMicrodeposits } from '#sandbox/stripe/deeds/verify-microdeposits.ts'
import { change, record } from '#sandbox/stripe/deeds/record-event.ts'
import { newId, newSecret } from '#sandbox/stripe/ids.ts'
import { isBranch, type FormValue } from '#sandbox/stripe/kernel/form.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { flag, list, metadata, moment, oneOf, text, unmodelled, whole } from '#sandbox/stripe/kernel/shape.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import { newSetupIntent, type SetupIntent } from '#sandbox/stripe/objects/intent.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, rows, timeOf, type World } from '#sandbox/stripe/world.ts'
import {
  confirmNoise,
  givenMethod,
  methodFields,
  methodTypeFields,
  methodTypes,
  proveSecret,
  returnUrlFor,
} from './intent-fields.ts'

const sharedFields = {
  ...methodTypeFields,
  attach_to_self: flag,
  customer: text,
  description: text,
  flow_directions: unmodelled,
  metadata,
}

const createSetupIntentFields = {
  ...sharedFields,
  ...methodFields,
  confirm: flag,
  usage: oneOf('off_session', 'on_session'),
  on_behalf_of: text,
  single_use: unmodelled,
}

const cancelSetupIntentFields = { cancellation_reason: oneOf('abandoned', 'duplicate', 'requested_by_customer') }

const verifyFields = { amounts: list(whole), client_secret: text, descriptor_code: text }

function confirm(world: World, intent: SetupIntent, method: PaymentMethod | undefined): void {
  confirmSetup(world, intent, method, (chosen) => askForMicrodeposits(world, intent, chosen))
}

function wantsMicrodeposits(options: FormValue | undefined): boolean | undefined {
  const bank = isBranch(options) ? options['us_bank_account'] : undefined
  const how = isBranch(bank) ? bank['verification_method'] : undefined
  return how === undefined ? undefined : how === 'microdeposits'
}

export const setupIntentRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/setup_intents',
    answers: 'setup_intent',
    fields: createSetupIntentFields,
    deed: (call, given) => {
      const { world } = call
      const customer = given.customer === undefined ? null : liveCustomer(world, given.customer).id
      const types = methodTypes(call, given)
      const method = givenMethod(call, given, customer)
      const id = newId('seti')
      const intent = newSetupIntent({ id, created: timeOf(world, customer), client_secret: newSecret(id) })
      Object.assign(intent, types, {
        customer,
        description: given.description ?? null,
        usage: given.usage ?? 'off_session',
      })
      intent.metadata = mergeMetadata({}, given.metadata)
      if (method !== undefined) Object.assign(intent, { payment_method: method.id, status: 'requires_confirmation' })
      intent.sandbox.returnUrl = returnUrlFor(call, given)
      world.tables.setup_intent.set(id, intent)
      record(world, 'setup_intent.created', intent)
      intent.sandbox.microdeposits = wantsMicrodeposits(given.payment_method_options)
      if (given.confirm === true) confirm(world, intent, method)
      return present(world, intent)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/setup_intents',
    answers: 'list:setup_intent',
    fields: { ...pageFields, created: moment, customer: text, payment_method: text, attach_to_self: flag },
    deed: ({ world }, given) => {
      const found = rows(world, 'setup_intent').filter(
        (one) =>
          (given.customer === undefined || one.customer === given.customer) &&
          (given.payment_method === undefined || one.payment_method === given.payment_method) &&
          isWithin(given.created, one.created),
      )
      return page('/v1/setup_intents', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/setup_intents/:id',
    answers: 'setup_intent',
    fields: { client_secret: text },
    browserFields: confirmNoise,
    deed: (call, given) => {
      const intent = find(call.world, 'setup_intent', call.ids['id'] ?? '')
      proveSecret(call, intent, given.client_secret)
      return present(call.world, intent)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/setup_intents/:id',
    answers: 'setup_intent',
    fields: {
      ...sharedFields,
      payment_method: text,
      payment_method_data: methodFields.payment_method_data,
      payment_method_options: unmodelled,
    },
    deed: (call, given) => {
      const { world } = call
      const intent = find(world, 'setup_intent', call.ids['id'] ?? '')
      if (intent.status === 'succeeded' || intent.status === 'canceled')
        throw unexpectedSetupState(world, intent, 'update')
      const customer = given.customer === undefined ? intent.customer : liveCustomer(world, given.customer).id
      const method = givenMethod(call, given, customer)
      intent.customer = customer
      intent.metadata = mergeMetadata(intent.metadata, given.metadata)
      if (given.description !== undefined) intent.description = given.description
      if (given.allowed_payment_method_types !== undefined || given.payment_method_types !== undefined)
        Object.assign(intent, methodTypes(call, given))
      if (method !== undefined) Object.assign(intent, { payment_method: method.id, status: 'requires_confirmation' })
      world.onChange()
      return present(world, intent)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/setup_intents/:id/confirm',
    answers: 'setup_intent',
    fields: {
      ...methodFields,
      client_secret: text,
      allowed_payment_method_types: methodTypeFields.allowed_payment_method_types,
    },
    browserFields: confirmNoise,
    deed: (call, given) => {
      const { world } = call
      const intent = find(world, 'setup_intent', call.ids['id'] ?? '')
      proveSecret(call, intent, given.client_secret)
      const method = givenMethod(call, given, intent.customer)
      intent.sandbox.returnUrl = returnUrlFor(call, given)
      confirm(world, intent, method)
      return present(world, intent)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/setup_intents/:id/verify_microdeposits',
    answers: 'setup_intent',
    fields: verifyFields,
    browserFields: confirmNoise,
    deed: (call, given) => {
      const intent = find(call.world, 'setup_intent', call.ids['id'] ?? '')
      proveSecret(call, intent, given.client_secret)
      verifyMicrodeposits(call.world, intent, given)
      return present(call.world, intent)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/setup_intents/:id/cancel',
    answers: 'setup_intent',
    fields: cancelSetupIntentFields,
    deed: ({ world, ids }, given) => {
      const intent = find(world, 'setup_intent', ids['id'] ?? '')
      if (intent.status === 'succeeded' || intent.status === 'canceled')
        throw unexpectedSetupState(world, intent, 'cancel')
      change(world, intent, 'setup_intent.canceled', () => {
        Object.assign(intent, {
          status: 'canceled',
          cancellation_reason: given.cancellation_reason ?? null,
          next_action: null,
        })
      })
      return present(world, intent)
    },
  }),
]
