/** A JSON object as it goes over the wire. */
export type Wire = { [key: string]: unknown }

export type ErrorBody = {
  type:
    | 'api_error'
    | 'card_error'
    | 'idempotency_error'
    | 'invalid_request_error'
    | 'rate_limit_error'
    | 'authentication_error'
  message: string
  code?: string
  param?: string
  decline_code?: string
  advice_code?: string
  network_decline_code?: string
  charge?: string
  payment_intent?: Wire
  payment_method?: Wire
  payment_method_type?: string
  setup_intent?: Wire
  doc_url?: string
  request_log_url?: string
}

/** With the page that explains its code, as Stripe adds it. */
export function documented(body: ErrorBody): ErrorBody {
  return body.code === undefined
    ? body
    : { ...body, doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll('_', '-')}` }
}

/** A refusal in Stripe's words. `early` means the work never began, so an idempotency key does not remember it. */
export class Refusal extends Error {
  readonly status: number
  readonly body: ErrorBody
  readonly early: boolean

  constructor(status: number, body: ErrorBody, early = false) {
    super(body.message)
    this.status = status
    this.body = body
    this.early = early
  }
}

export function invalid(
  message: string,
  extra: { code?: string; param?: string; payment_intent?: Wire; setup_intent?: Wire } = {},
): Refusal {
  return new Refusal(400, { type: 'invalid_request_error', message, ...extra })
}

export function malformed(message: string, code: string | undefined, param: string): Refusal {
  return new Refusal(
    400,
    { type: 'invalid_request_error', message, ...(code === undefined ? {} : { code }), param },
    true,
  )
}

export function missing(noun: string, id: string, param = 'id'): Refusal {
  const status = param === 'id' ? 404 : 400
  return new Refusal(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${noun}: '${id}'`,
    param,
  })
}

export function declined(body: Omit<ErrorBody, 'type'>): Refusal {
  return new Refusal(402, { type: 'card_error', ...body })
}

export function unauthorized(message: string): Refusal {
  return new Refusal(401, { type: 'invalid_request_error', message }, true)
}

export function secretKeyRequired(): Refusal {
  const message =
    'This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.'
  return new Refusal(403, { type: 'invalid_request_error', code: 'secret_key_required', message }, true)
}

export function noRoute(method: string, path: string): Refusal {
  const message = `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`
  return new Refusal(404, { type: 'invalid_request_error', message }, true)
}
