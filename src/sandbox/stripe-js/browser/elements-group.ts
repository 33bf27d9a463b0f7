import { createHandlers } from './event-handlers.ts'
import { createPaymentElement } from './payment-element.ts'
import { IntegrationError, warnIntegrator } from './integration-error.ts'
import { isRecord } from './frame-protocol.ts'
import { readElementsOptions } from './elements-options.ts'
import type { Credentials, IntentAnswer } from './frame-protocol.ts'
import type { ElementsOptions } from './elements-options.ts'
import type { PaymentElementParts } from './payment-element.ts'

/** What stripe.confirm*() needs to know of an Elements group it was handed. */
export type Group = {
  options(): ElementsOptions
  payment(): PaymentElementParts | undefined
  submitted(): boolean
}

export type GroupSurroundings = {
  origin: string
  credentials: Credentials
  retrieve(secret: string): Promise<IntentAnswer>
}

const groups = new WeakMap<object, Group>()

export const groupOf = (elements: unknown): Group | undefined =>
  typeof elements === 'object' && elements !== null ? groups.get(elements) : undefined

/** Elements real Stripe.js has and this one does not: refused by name rather than half drawn. */
const NOT_MODELLED = new Set(
  (
    'address auBankAccount card cardNumber cardExpiry cardCvc contactDetails currencySelector expressCheckout iban ' +
    'linkAuthentication linkSignup paymentMethodMessaging shippingAddress taxId terms'
  ).split(' '),
)

const IMMUTABLE = new Set(['clientSecret', 'loader', 'paymentMethodCreation'])

export function createElements(around: GroupSurroundings, raw: unknown): Record<string, unknown> {
  let given: Record<string, unknown> = isRecord(raw) ? raw : {}
  let options = readElementsOptions(raw)
  let payment: PaymentElementParts | undefined
  let submitted = false
  const handlers = createHandlers()

  const refuseType = (type: unknown): never => {
    throw new IntegrationError(
      typeof type === 'string' && NOT_MODELLED.has(type)
        ? `The sandbox's Stripe.js has the Payment Element only; elements.create("${type}") works against Stripe itself.`
        : `A valid Element name must be provided. Valid Elements are:\n  payment; you passed: ${String(type)}.`,
    )
  }

  const elements: Record<string, unknown> = {
    create(type: unknown, elementOptions?: unknown) {
      if (type !== 'payment') return refuseType(type)
      if (payment !== undefined) throw new IntegrationError('Can only create one Element of type payment.')
      if (options.clientSecret === undefined && options.mode === undefined) {
        throw new IntegrationError(
          'In order to create a payment element, you must pass a clientSecret or mode when creating the Elements group.\n\ne.g. stripe.elements({clientSecret: "{{CLIENT_SECRET}}"})',
        )
      }
      const parts = createPaymentElement(
        {
          ...around,
          elements: () => options,
          onDestroy() {
            if (payment === parts) payment = undefined
          },
        },
        elementOptions,
      )
      payment = parts
      return parts.element
    },
    getElement(wanted: unknown) {
      // React's component for an element carries its type, so that getElement(PaymentElement) works.
      const type = typeof wanted === 'function' && '__elementType' in wanted ? wanted.__elementType : wanted
      return type === 'payment' ? (payment?.element ?? null) : null
    },
    update(changes: unknown): Promise<void> {
      const wanted = Object.fromEntries(
        Object.entries(isRecord(changes) ? changes : {}).filter(([name]) => {
          if (IMMUTABLE.has(name)) warnIntegrator(`elements.update(): ${name} is not a mutable property.`)
          return !IMMUTABLE.has(name)
        }),
      )
      given = { ...given, ...wanted }
      options = readElementsOptions(given, 'elements.update()')
      if ('mode' in wanted || 'amount' in wanted || 'currency' in wanted) submitted = false
      return (payment?.redraw() ?? Promise.resolve()).then(() => handlers.emit('update-end'))
    },
    on(name: string, handler: unknown) {
      handlers.on(name, handler)
    },
    async fetchUpdates() {
      if (options.clientSecret === undefined) {
        throw new IntegrationError('elements.fetchUpdates() can only be called on Elements with a clientSecret.')
      }
      const { error } = await around.retrieve(options.clientSecret)
      return error === undefined ? {} : { error: { message: error.message ?? '' } }
    },
    async submit() {
      const link = payment?.link()
      if (link === undefined) {
        throw new IntegrationError(
          'Invalid value for elements.submit(): elements should have a mounted Payment Element or Express Checkout Element.',
        )
      }
      const { error } = await link.call('validate', null)
      submitted = error === undefined
      return error === undefined ? { selectedPaymentMethod: 'card' } : { error }
    },
  }
  groups.set(elements, { options: () => options, payment: () => payment, submitted: () => submitted })
  return elements
}
