import { attach, attachDecline, detach, refuseAttach } from '#sandbox/stripe/deeds/attach-payment-method.ts'
import {
  mintBankAccount,
  mintCard,
  mintFromTemplate,
  mintLink,
  usablePaymentMethod,
} from '#sandbox/stripe/deeds/mint-payment-method.ts'
import { change } from '#sandbox/stripe/deeds/record-event.ts'
import { declined, malformed, missing } from '#sandbox/stripe/kernel/errors.ts'
import { page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import {
  clearable,
  clearableText,
  metadata,
  needed,
  object,
  oneOf,
  text,
  unmodelled,
  whole,
  type Values,
} from '#sandbox/stripe/kernel/shape.ts'
import { mergeMetadata, wholeAddress } from '#sandbox/stripe/objects/customer.ts'
import type { BillingDetails, PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, rows, type World } from '#sandbox/stripe/world.ts'
import { addressFields } from './address-fields.ts'

const billingFields = object({
  address: clearable(addressFields),
  email: clearableText,
  name: clearableText,
  phone: clearableText,
  tax_id: clearableText,
})

const redisplay = oneOf('always', 'limited', 'unspecified')

/** What Stripe.js sends besides; it changes nothing here. */
export const noise = {
  key: text,
  guid: text,
  muid: text,
  sid: text,
  referrer: text,
  time_on_page: text,
  payment_user_agent: text,
  client_attribution_metadata: unmodelled,
  _stripe_version: text,
  _stripe_account: text,
}

export const methodDataFields = {
  allow_redisplay: redisplay,
  billing_details: billingFields,
  card: object({ cvc: text, exp_month: whole, exp_year: whole, number: text, token: text, networks: unmodelled }),
  link: unmodelled,
  metadata,
  radar_options: unmodelled,
  type: needed(text),
  us_bank_account: object({
    account_holder_type: text,
    account_number: text,
    account_type: text,
    routing_number: text,
    financial_connections_account: text,
  }),
}

export const methodData = object({ ...methodDataFields, ...noise })

/**
 * A payment method from what was typed.
 * @throws {Refusal} 402 for a number, date or code that cannot be
 */
export function mintTyped(
  world: World,
  given: Omit<Values<typeof methodDataFields>, 'type'> & { type: string },
): PaymentMethod {
  const details = billingDetails(given.billing_details)
  const method = mintByType(world, given, details)
  method.allow_redisplay = given.allow_redisplay ?? 'unspecified'
  method.metadata = mergeMetadata({}, given.metadata)
  return method
}

function mintByType(
  world: World,
  given: Omit<Values<typeof methodDataFields>, 'type'> & { type: string },
  details: Partial<BillingDetails>,
): PaymentMethod {
  const { card, us_bank_account: bank } = given
  if (given.type === 'us_bank_account') return mintBankAccount(world, bank?.account_number ?? '', details)
  if (given.type === 'link') return mintLink(world, details)
  if (given.type !== 'card')
    throw malformed(
      'Invalid payment_method type: the sandbox knows card, link and us_bank_account',
      'payment_method_unsupported_type',
      'type',
    )
  if (card?.token !== undefined) {
    const minted = mintFromTemplate(world, card.token)
    if (minted === undefined) throw missing('token', card.token, 'card[token]')
    return minted
  }
  if (card?.number === undefined)
    throw malformed('Missing required param: card[number].', 'parameter_missing', 'card[number]')
  const { number, exp_month, exp_year, cvc } = card
  if (exp_month === undefined)
    throw malformed('Missing required param: card[exp_month].', 'parameter_missing', 'card[exp_month]')
  if (exp_year === undefined)
    throw malformed('Missing required param: card[exp_year].', 'parameter_missing', 'card[exp_year]')
  return mintCard(world, { number, exp_month, exp_year, cvc }, details)
}

function billingDetails(given: ReturnType<typeof billingFields> | undefined): Partial<BillingDetails> {
  const { address, ...plain } = given ?? {}
  const set = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  if (address === undefined) return set
  return { ...set, address: address === null ? null : wholeAddress(address) }
}

function updateMethod(world: World, method: PaymentMethod, given: Values<typeof updateFields>): void {
  const { exp_month: month, exp_year: year } = given.card ?? {}
  if (month !== undefined && (month < 1 || month > 12)) {
    throw declined({
      code: 'invalid_expiry_month',
      param: 'card[exp_month]',
      message: "Your card's expiration month is invalid.",
    })
  }
  change(world, method, 'payment_method.updated', () => {
    if (method.card !== undefined && month !== undefined) method.card.exp_month = month
    if (method.card !== undefined && year !== undefined) method.card.exp_year = year < 100 ? 2000 + year : year
    if (given.allow_redisplay !== undefined) method.allow_redisplay = given.allow_redisplay
    method.metadata = mergeMetadata(method.metadata, given.metadata)
    Object.assign(method.billing_details, billingDetails(given.billing_details))
  })
}

const updateFields = {
  allow_redisplay: redisplay,
  billing_details: billingFields,
  card: object({ exp_month: whole, exp_year: whole, networks: unmodelled }),
  metadata,
  us_bank_account: unmodelled,
}

const attachPaymentMethodFields = { customer: needed(text) }

export const paymentMethodRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/payment_methods',
    answers: 'payment_method',
    fields: methodDataFields,
    browserFields: noise,
    deed: ({ world }, given) => present(world, mintTyped(world, given)),
  }),
  route({
    method: 'GET',
    path: '/v1/payment_methods',
    answers: 'list:payment_method',
    fields: { ...pageFields, customer: text, type: text, allow_redisplay: text },
    deed: ({ world }, given) => {
      const found = rows(world, 'payment_method').filter(
        (one) =>
          one.customer !== null &&
          one.customer === given.customer &&
          (given.type === undefined || one.type === given.type),
      )
      return page('/v1/payment_methods', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/payment_methods/:id',
    answers: 'payment_method',
    deed: ({ world, ids }) => present(world, find(world, 'payment_method', ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/payment_methods/:id',
    answers: 'payment_method',
    fields: updateFields,
    deed: ({ world, ids }, given) => {
      const method = find(world, 'payment_method', ids['id'] ?? '')
      updateMethod(world, method, given)
      return present(world, method)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/payment_methods/:id/attach',
    answers: 'payment_method',
    fields: attachPaymentMethodFields,
    deed: ({ world, ids }, given) => {
      const customer = liveCustomer(world, given.customer)
      const method = usablePaymentMethod(world, ids['id'] ?? '', customer.id, 'id')
      const decline = attachDecline(method)
      if (decline !== null) throw refuseAttach(world, method, decline)
      attach(world, method, customer.id)
      return present(world, method)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/payment_methods/:id/detach',
    answers: 'payment_method',
    deed: ({ world, ids }) => {
      const method = find(world, 'payment_method', ids['id'] ?? '')
      detach(world, method)
      return present(world, method)
    },
  }),
]
