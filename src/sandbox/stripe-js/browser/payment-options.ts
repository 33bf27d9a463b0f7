import { isRecord } from './frame-protocol.ts'
import { warnIntegrator } from './integration-error.ts'
import type { ElementsOptions } from './elements-options.ts'
import type { FieldsLook } from './frame-protocol.ts'

const KNOWN = new Set([
  'defaultValues',
  'business',
  'paymentMethodOrder',
  'fields',
  'readOnly',
  'terms',
  'wallets',
  'walletOptions',
  'layout',
  'applePay',
])

export type PaymentOptions = Record<string, unknown>

export function readPaymentOptions(raw: unknown, where: string): PaymentOptions {
  const options = isRecord(raw) ? raw : {}
  for (const name of Object.keys(options)) {
    if (KNOWN.has(name)) continue
    warnIntegrator(
      `Unrecognized ${where} parameter: ${name} is not a recognized parameter. This may cause issues with your integration in the future.`,
    )
  }
  return options
}

const dig = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value)

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** 'never' may be said of all billing details, of the address, or of one line of it. */
const isShown = (options: PaymentOptions, line: string): boolean =>
  ![
    dig(options, 'fields', 'billingDetails'),
    dig(options, 'fields', 'billingDetails', 'address'),
    dig(options, 'fields', 'billingDetails', 'address', line),
  ].includes('never')

const keepsCard = (elements: ElementsOptions): boolean =>
  elements.mode === 'setup' ||
  elements.mode === 'subscription' ||
  elements.setupFutureUsage === 'off_session' ||
  (elements.clientSecret?.startsWith('seti_') ?? false)

/** What the frame has to know to draw the fields. */
export function fieldsLook(elements: ElementsOptions, options: PaymentOptions): FieldsLook {
  const address = dig(options, 'defaultValues', 'billingDetails', 'address')
  const country = text(dig(address, 'country'))
  const postalCode = text(dig(address, 'postal_code'))
  const business = text(dig(options, 'business', 'name'))
  const terms = dig(options, 'terms', 'card')
  return {
    locale: elements.locale,
    appearance: elements.appearance,
    readOnly: options['readOnly'] === true,
    show: { country: isShown(options, 'country'), postalCode: isShown(options, 'postalCode') },
    keepsCard: terms === 'always' || (terms !== 'never' && keepsCard(elements)),
    ...(country === undefined ? {} : { country }),
    ...(postalCode === undefined ? {} : { postalCode }),
    ...(business === undefined ? {} : { business }),
  }
}

/** Billing details the merchant chose not to collect, by the API's path; Stripe.js wants them at confirmation. */
export function detailsOwed(options: PaymentOptions): { field: string; path: string[] }[] {
  return isShown(options, 'country')
    ? []
    : [{ field: 'address.country', path: ['payment_method_data', 'billing_details', 'address', 'country'] }]
}

export const hasDetail = (params: unknown, path: readonly string[]): boolean => dig(params, ...path) !== undefined
