import { detailsOwed, hasDetail } from './payment-options.ts'
import { groupOf } from './elements-group.ts'
import { IntegrationError } from './integration-error.ts'
import { isRecord } from './frame-protocol.ts'
import { readSecret, requireSecret } from './client-secret.ts'
import { settle } from './next-action.ts'
import type { ConfirmCall, Credentials, Intent, IntentAnswer } from './frame-protocol.ts'
import type { Group } from './elements-group.ts'
import type { IntentKind } from './client-secret.ts'

export type ConfirmSurroundings = {
  origin: string
  credentials: Credentials
  /** The hidden frame, for confirmations without card data. */
  confirmSaved: (call: ConfirmCall) => Promise<IntentAnswer>
  retrieve: (secret: string) => Promise<IntentAnswer>
}

const METHODS: Record<IntentKind, string> = { payment: 'stripe.confirmPayment()', setup: 'stripe.confirmSetup()' }

const resultKey = (intent: Intent) => (intent.object === 'setup_intent' ? 'setupIntent' : 'paymentIntent')

export const toResult = (intent: Intent): Record<string, unknown> => ({ [resultKey(intent)]: intent })

const invalid = (method: string, what: string): never => {
  throw new IntegrationError(`Invalid value for ${method}: ${what}`)
}

/** Leaves for the merchant's return page as Stripe.js does; the promise never settles, the page is going away. */
function leave(returnUrl: string, { id, object, client_secret: secret, status }: Intent): Promise<never> {
  const url = new URL(returnUrl)
  url.searchParams.set(object, id)
  url.searchParams.set(`${object}_client_secret`, secret)
  url.searchParams.set('redirect_status', status === 'processing' ? 'pending' : 'succeeded')
  window.location.assign(url)
  return new Promise(() => undefined)
}

function readReturn(method: string, options: Record<string, unknown>, params: Record<string, unknown>) {
  const { redirect = 'always' } = options
  if (redirect !== 'always' && redirect !== 'if_required') {
    invalid(
      method,
      `redirect should be one of the following strings: always, if_required. You specified: ${String(redirect)}.`,
    )
  }
  const { return_url: returnUrl } = params
  if (returnUrl === undefined && redirect === 'if_required') return undefined
  if (typeof returnUrl !== 'string' || !URL.canParse(returnUrl)) {
    throw new IntegrationError(
      returnUrl === undefined
        ? `${method}: the \`confirmParams.return_url\` argument is required unless passing \`redirect: 'if_required'\`.`
        : `Invalid value for ${method}: confirmParams.return_url should be an absolute URL. You specified: ${JSON.stringify(returnUrl)}.`,
    )
  }
  return redirect === 'always' ? returnUrl : undefined
}

function checkDeferred(method: string, group: Group, secret: unknown): void {
  if (group.options().mode === undefined) return
  if (!group.submitted()) {
    throw new IntegrationError(
      `elements.submit() must be called before ${method}. Call elements.submit() as soon as your customer presses pay, prior to any asynchronous work. Integration guide: https://stripe.com/docs/payments/accept-a-payment-deferred`,
    )
  }
  if (secret === undefined) {
    throw new IntegrationError(`You must pass in a clientSecret when calling ${method}.`)
  }
}

function checkOwed(method: string, group: Group, params: Record<string, unknown>): void {
  for (const { field, path } of detailsOwed(group.payment()?.options() ?? {})) {
    if (hasDetail(params, path)) continue
    const wanted = ['confirmParams', ...path].join('.')
    throw new IntegrationError(
      `You specified "never" for fields.billing_details.${field} when creating the payment Element, but did not pass ${wanted} when calling ${method}. If you opt out of collecting data via the payment Element using the fields option, the data must be passed in when calling ${method}.`,
    )
  }
}

const expectedOf = (group: Group): Pick<ConfirmCall, 'expected'> => {
  const { mode, amount, currency, setupFutureUsage } = group.options()
  if (mode !== 'payment') return {}
  return {
    expected: {
      ...(amount === undefined ? {} : { amount }),
      ...(currency === undefined ? {} : { currency }),
      setup_future_usage: setupFutureUsage ?? null,
    },
  }
}

/**
 * stripe.confirmPayment and stripe.confirmSetup. Trouble with the card, the bank or the network is an answer.
 * @throws IntegrationError when the merchant's code broke a rule of Stripe.js.
 */
export async function confirm(around: ConfirmSurroundings, kind: IntentKind, raw: unknown) {
  const method = METHODS[kind]
  if (!isRecord(raw)) throw new IntegrationError(`Invalid value for ${method}: options should be an object.`)
  const params = isRecord(raw['confirmParams']) ? raw['confirmParams'] : {}
  const returnUrl = readReturn(method, raw, params)

  const group = groupOf(raw['elements'])
  if (raw['elements'] !== undefined && raw['elements'] !== null && group === undefined) {
    invalid(method, 'elements should be an Elements instance created by stripe.elements().')
  }
  if (group === undefined && raw['clientSecret'] === undefined) {
    invalid(method, 'elements should have a mounted Payment Element or Express Checkout Element.')
  }
  const link = group?.payment()?.link()
  if (group !== undefined) {
    if (link === undefined) {
      invalid(method, 'elements should have a mounted Payment Element or Express Checkout Element.')
    }
    checkDeferred(method, group, raw['clientSecret'])
    checkOwed(method, group, params)
  }
  const secret = requireSecret(
    raw['clientSecret'] ?? group?.options().clientSecret,
    `${method.replace('()', '')} intent secret`,
    kind,
  )
  const call: ConfirmCall = {
    credentials: around.credentials,
    secret,
    params,
    ...(group === undefined ? {} : expectedOf(group)),
  }
  const answer = link === undefined ? await around.confirmSaved(call) : await link.call('confirm', call)
  const outcome = await settle(answer, around.origin, around.retrieve)
  if (outcome.error !== undefined) return { error: outcome.error }
  return returnUrl === undefined ? toResult(outcome.intent) : leave(returnUrl, outcome.intent)
}

/**
 * stripe.handleNextAction for either kind of intent.
 * @throws IntegrationError when the intent waits for nothing, as Stripe.js does.
 */
export async function handleNextAction(around: ConfirmSurroundings, raw: unknown) {
  const secret = requireSecret(isRecord(raw) ? raw['clientSecret'] : undefined, 'stripe.handleNextAction intent secret')
  const first = await around.retrieve(secret)
  if (first.error === undefined && first.intent.status !== 'requires_action') {
    const name = readSecret(secret)?.kind === 'setup' ? 'SetupIntent' : 'PaymentIntent'
    throw new IntegrationError(`handleNextAction: The ${name} supplied is not in the requires_action state.`)
  }
  const outcome = await settle(first, around.origin, around.retrieve)
  return outcome.error === undefined ? toResult(outcome.intent) : { error: outcome.error }
}
