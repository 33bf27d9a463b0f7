import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import type { Call } from '#sandbox/stripe/kernel/router.ts'
import { flag, list, object, oneOf, text, unmodelled, needed, clearable } from '#sandbox/stripe/kernel/shape.ts'
import { usablePaymentMethod } from '#sandbox/stripe/deeds/mint-payment-method.ts'
import type { PaymentMethod } from '#sandbox/stripe/objects/payment-method.ts'
import { methodData, mintTyped, noise } from './payment-methods.ts'

export const methodTypeFields = {
  allowed_payment_method_types: clearable(list(text)),
  automatic_payment_methods: object({ allow_redirects: oneOf('always', 'never'), enabled: needed(flag) }),
  excluded_payment_method_types: clearable(list(text)),
  payment_method_configuration: text,
  payment_method_types: list(text),
}

export const methodFields = {
  payment_method: text,
  payment_method_data: methodData,
  payment_method_options: unmodelled,
  mandate: text,
  mandate_data: unmodelled,
  return_url: text,
  use_stripe_sdk: flag,
}

/** What a confirmation from the page may carry besides. */
export const confirmNoise = { ...noise, expected_payment_method_type: text, expected_payment_method_types: unmodelled }

type MethodTypes = {
  allowed_payment_method_types?: string[] | null | undefined
  automatic_payment_methods?: { enabled: boolean; allow_redirects?: 'always' | 'never' | undefined } | undefined
  excluded_payment_method_types?: string[] | null | undefined
  payment_method_configuration?: string | undefined
  payment_method_types?: string[] | undefined
}

const lastVersionWithTypes = '2026-08-26'

/**
 * Which kinds of method an intent takes. `payment_method_types` is history for callers on endive.
 * @throws {Refusal} 400 payment_method_types_no_longer_supported, 400 for two ways of saying it at once
 */
export function methodTypes(call: Call, given: MethodTypes) {
  const {
    allowed_payment_method_types: allowed,
    automatic_payment_methods: automatic,
    excluded_payment_method_types: excluded,
  } = given
  if (given.payment_method_types !== undefined && isAtLeast(call.version, lastVersionWithTypes)) {
    const message =
      'The `payment_method_types` parameter is no longer supported on this API version. Use `allowed_payment_method_types` or `excluded_payment_method_types` instead.'
    throw invalid(message, { code: 'payment_method_types_no_longer_supported', param: 'payment_method_types' })
  }
  const others = {
    automatic_payment_methods: automatic,
    excluded_payment_method_types: excluded,
    payment_method_configuration: given.payment_method_configuration,
  }
  const explicitly = allowed !== undefined && allowed !== null
  const clash = explicitly
    ? Object.entries(others).find(([, value]) => value !== undefined && value !== null)
    : undefined
  if (clash !== undefined) {
    throw invalid(`You may only specify one of these parameters: allowed_payment_method_types, ${clash[0]}.`, {
      code: 'parameters_exclusive',
      param: 'allowed_payment_method_types',
    })
  }
  const all = ['card', 'link', 'us_bank_account']
  const types = given.payment_method_types ?? allowed ?? all.filter((type) => excluded?.includes(type) !== true)
  const explicit = given.payment_method_types !== undefined || explicitly
  return {
    allowed_payment_method_types: allowed ?? null,
    excluded_payment_method_types: excluded ?? null,
    automatic_payment_methods: explicit
      ? null
      : { enabled: automatic?.enabled ?? true, allow_redirects: automatic?.allow_redirects ?? ('always' as const) },
    payment_method_types: types,
  }
}

function isAtLeast(version: string | null, date: string): boolean {
  return version !== null && version.slice(0, 10) >= date
}

type Given = {
  payment_method?: string | undefined
  payment_method_data?: Parameters<typeof mintTyped>[1] | undefined
}

/** The method a request names or describes, if any. */
export function givenMethod(call: Call, given: Given, customer: string | null): PaymentMethod | undefined {
  if (given.payment_method !== undefined)
    return usablePaymentMethod(call.world, given.payment_method, customer, 'payment_method')
  if (given.payment_method_data !== undefined) return mintTyped(call.world, given.payment_method_data)
  return undefined
}

/** A page proves with the client secret that it was given this intent. */
export function proveSecret(
  call: Call,
  intent: { client_secret: string; object: string },
  secret: string | undefined,
): void {
  if (call.key === 'secret' && secret === undefined) return
  if (secret === intent.client_secret) return
  const noun = intent.object === 'payment_intent' ? 'payment_intent' : 'setup_intent'
  if (secret === undefined)
    throw invalid('Missing required param: client_secret.', { code: 'parameter_missing', param: 'client_secret' })
  throw invalid(`The client_secret provided does not match any associated ${noun} on this account.`, {
    code: 'resource_missing',
    param: 'client_secret',
  })
}

/** Only a return URL from the server makes the bank's page a redirect; Stripe.js opens it in a frame. */
export function returnUrlFor(
  call: Call,
  given: { return_url?: string | undefined; use_stripe_sdk?: boolean | undefined },
): string | null {
  return call.key === 'secret' && given.use_stripe_sdk !== true ? (given.return_url ?? null) : null
}
