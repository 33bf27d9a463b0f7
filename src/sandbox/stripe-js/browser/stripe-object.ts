import { confirm, handleNextAction, toResult } from './confirm.ts'
import { createElements, groupOf } from './elements-group.ts'
import { IntegrationError, warnIntegrator } from './integration-error.ts'
import { isRecord } from './frame-protocol.ts'
import { openController } from './controller.ts'
import { requireSecret } from './client-secret.ts'
import type { ConfirmSurroundings } from './confirm.ts'
import type { Credentials, IntentAnswer } from './frame-protocol.ts'
import type { IntentKind } from './client-secret.ts'

const API_VERSION = '2026-10-28.endive'

function readKey(key: unknown): string {
  if (typeof key !== 'string' || key.trim() === '') {
    throw new IntegrationError('Please call Stripe() with your publishable key. You used an empty string.')
  }
  if (key.startsWith('sk_') || key.startsWith('rk_')) {
    throw new IntegrationError(
      'You should not use your secret key with Stripe.js.\n        Please pass a publishable key instead.',
    )
  }
  if (key.startsWith('pk_live_')) {
    throw new IntegrationError(
      "This is the sandbox's Stripe.js. It refuses live keys: load https://js.stripe.com instead.",
    )
  }
  return key
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** `Stripe(publishableKey, options)` against the sandbox at `origin`. */
export function createStripe(origin: string, rawKey: unknown, rawOptions: unknown): Record<string, unknown> {
  const options = isRecord(rawOptions) ? rawOptions : {}
  const account = text(options['stripeAccount'])
  const credentials: Credentials = {
    key: readKey(rawKey),
    apiVersion: text(options['apiVersion']) ?? API_VERSION,
    ...(account === undefined ? {} : { account }),
  }
  const controller = openController(origin)
  const around: ConfirmSurroundings = {
    origin,
    credentials,
    confirmSaved: (call) => controller.call('confirm', call),
    retrieve: (secret) => controller.call('retrieve', { credentials, secret }),
  }
  const retrieve = async (kind: IntentKind, secret: unknown) => {
    const method = kind === 'setup' ? 'stripe.retrieveSetupIntent' : 'stripe.retrievePaymentIntent'
    const answer: IntentAnswer = await around.retrieve(requireSecret(secret, `${method} intent secret`, kind))
    return answer.error === undefined ? toResult(answer.intent) : { error: answer.error }
  }

  const notModelled = (method: string, instead: string) => async () => {
    throw new IntegrationError(`The sandbox's Stripe.js does not have ${method}(). ${instead}`)
  }

  const createPaymentMethod = async (raw: unknown) => {
    const where = 'stripe.createPaymentMethod()'
    const group = groupOf(isRecord(raw) ? raw['elements'] : undefined)
    const link = group?.payment()?.link()
    if (!isRecord(raw) || group === undefined || link === undefined) {
      throw new IntegrationError(
        `Invalid value for ${where}: elements should have a mounted Payment Element or Express Checkout Element.`,
      )
    }
    if (group.options().paymentMethodCreation !== 'manual') {
      throw new IntegrationError(
        `Invalid value for ${where}: Elements has to be created with paymentMethodCreation: 'manual'.`,
      )
    }
    if (!group.submitted()) {
      throw new IntegrationError('elements.submit() must be called before createPaymentMethod().')
    }
    const params = isRecord(raw['params']) ? raw['params'] : {}
    const answer = await link.call('createPaymentMethod', { credentials, params })
    return answer.error === undefined ? { paymentMethod: answer.method } : { error: answer.error }
  }

  const localeOf = (raw: unknown) =>
    isRecord(raw) && raw['locale'] === undefined && options['locale'] !== undefined
      ? { ...raw, locale: options['locale'] }
      : raw

  const cardOnly = 'Use stripe.confirmPayment() or stripe.confirmSetup() with the Payment Element.'
  return {
    elements: (raw?: unknown) => createElements({ origin, credentials, retrieve: around.retrieve }, localeOf(raw)),
    confirmPayment: (raw: unknown) => confirm(around, 'payment', raw),
    confirmSetup: (raw: unknown) => confirm(around, 'setup', raw),
    handleNextAction: (raw: unknown) => handleNextAction(around, raw),
    retrievePaymentIntent: (secret: unknown) => retrieve('payment', secret),
    retrieveSetupIntent: (secret: unknown) => retrieve('setup', secret),
    createPaymentMethod,
    createToken: notModelled('createToken', cardOnly),
    confirmCardPayment: notModelled('confirmCardPayment', cardOnly),
    confirmCardSetup: notModelled('confirmCardSetup', cardOnly),
    createConfirmationToken: notModelled('createConfirmationToken', cardOnly),
    registerAppInfo: () => undefined,
    _registerWrapper: () => undefined,
  }
}

export const warnOfSecondLoad = () =>
  warnIntegrator('It looks like Stripe.js was loaded more than one time. Please only load it once per page.')
