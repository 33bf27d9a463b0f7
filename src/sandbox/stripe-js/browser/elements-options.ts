import { isRecord } from './frame-protocol.ts'
import { IntegrationError, warnIntegrator } from './integration-error.ts'
import { requireSecret } from './client-secret.ts'
import type { Appearance } from '@stripe/stripe-js'

export type Mode = 'payment' | 'setup' | 'subscription'

export type ElementsOptions = {
  clientSecret?: string
  mode?: Mode
  /** Minor units of `currency`. */
  amount?: number
  /** ISO 4217, lower case. */
  currency?: string
  setupFutureUsage?: string | null
  paymentMethodCreation?: 'manual'
  appearance: Appearance
  locale: string
  loader: 'auto' | 'always' | 'never'
}

/** Elements' options as of the endive release, with the older spellings it still takes. */
const KNOWN = new Set(
  (
    'clientSecret mode amount currency setupFutureUsage setup_future_usage captureMethod capture_method onBehalfOf ' +
    'on_behalf_of allowedPaymentMethodTypes excludedPaymentMethodTypes paymentMethodConfiguration ' +
    'payment_method_configuration paymentMethodOptions payment_method_options paymentMethodCreation appearance locale ' +
    'loader fonts customerOptions customerSessionClientSecret customPaymentMethods externalPaymentMethodTypes ' +
    'syncAddressCheckbox adaptivePricing'
  ).split(' '),
)

const REMOVED = ['paymentMethodTypes', 'payment_method_types'] as const
const EXCLUSIVE_WITH_ALLOWED = [
  'excludedPaymentMethodTypes',
  'paymentMethodConfiguration',
  'payment_method_configuration',
] as const
const MODES: readonly string[] = ['payment', 'setup', 'subscription']
const THEMES: readonly string[] = ['stripe', 'night', 'flat']
const LOADERS: readonly string[] = ['auto', 'always', 'never']

const fail = (where: string, what: string): never => {
  throw new IntegrationError(`Invalid value for ${where}: ${what}`)
}

const oneOf = (where: string, name: string, value: unknown, allowed: readonly string[]): void => {
  if (value === undefined || (typeof value === 'string' && allowed.includes(value))) return
  fail(
    where,
    `${name} should be one of the following strings: ${allowed.join(', ')}. You specified: ${JSON.stringify(value)}.`,
  )
}

function checkTypes(where: string, options: Record<string, unknown>): void {
  for (const name of REMOVED) {
    if (name in options) fail(where, `${name} is no longer supported. Use allowedPaymentMethodTypes instead.`)
  }
  const allowed = options['allowedPaymentMethodTypes']
  if (allowed === undefined) return
  if (!Array.isArray(allowed) || allowed.length === 0) {
    fail(where, 'allowedPaymentMethodTypes should be a non-empty array of strings.')
  }
  const clash = EXCLUSIVE_WITH_ALLOWED.find((name) => options[name] !== undefined)
  if (clash !== undefined) fail(where, `allowedPaymentMethodTypes and ${clash} cannot be used together.`)
}

function checkMoney(where: string, { mode, amount, currency }: Record<string, unknown>): void {
  const charges = mode === 'payment' || mode === 'subscription'
  if (charges && amount === undefined) fail(where, `amount is required when mode is '${String(mode)}'.`)
  if (charges && currency === undefined) fail(where, `currency is required when mode is '${String(mode)}'.`)
  const lowest = mode === 'payment' ? 1 : 0
  if (amount !== undefined && (!Number.isSafeInteger(amount) || Number(amount) < lowest)) {
    fail(
      where,
      `amount should be a positive integer in the smallest unit of currency. You specified: ${JSON.stringify(amount)}.`,
    )
  }
  if (currency !== undefined && (typeof currency !== 'string' || !/^[a-z]{3}$/.test(currency))) {
    fail(where, `currency should be a three-letter ISO code in lowercase. You specified: ${JSON.stringify(currency)}.`)
  }
}

/**
 * Reads what the merchant passed to `stripe.elements()` or, merged over the old options, to `elements.update()`.
 * @throws IntegrationError for what Stripe.js refuses.
 */
export function readElementsOptions(raw: unknown, where = 'elements()'): ElementsOptions {
  const options = raw === undefined ? {} : raw
  if (!isRecord(options)) throw new IntegrationError(`Invalid value for ${where}: options should be an object.`)
  for (const name of Object.keys(options)) {
    if (!KNOWN.has(name) && !REMOVED.some((removed) => removed === name)) {
      warnIntegrator(
        `Unrecognized ${where} parameter: ${name} is not a recognized parameter. This may cause issues with your integration in the future.`,
      )
    }
  }
  checkTypes(where, options)
  const { clientSecret, mode, appearance = {}, locale = 'auto', loader = 'auto' } = options
  if (clientSecret !== undefined && mode !== undefined) {
    fail(where, 'either mode or clientSecret should be passed, not both.')
  }
  if (clientSecret !== undefined) requireSecret(clientSecret, `${where.replace('()', '')} clientSecret`)
  oneOf(where, 'mode', mode, MODES)
  oneOf(where, 'loader', loader, LOADERS)
  if (!isRecord(appearance)) fail(where, 'appearance should be an object.')
  oneOf(where, 'appearance.theme', (appearance as Appearance).theme, THEMES)
  checkMoney(where, options)
  const future = options['setupFutureUsage'] ?? options['setup_future_usage']
  // Every property below was checked above against the type it is given here.
  return {
    ...(clientSecret === undefined ? {} : { clientSecret }),
    ...(mode === undefined ? {} : { mode }),
    ...(options['amount'] === undefined ? {} : { amount: options['amount'] }),
    ...(options['currency'] === undefined ? {} : { currency: options['currency'] }),
    ...(future === undefined ? {} : { setupFutureUsage: future }),
    ...(options['paymentMethodCreation'] === undefined ? {} : { paymentMethodCreation: 'manual' }),
    appearance,
    locale: typeof locale === 'string' ? locale : 'auto',
    loader,
  } as ElementsOptions
}
