import { CONNECTION_ERROR } from './integration-error.ts'
import { isRecord } from './frame-protocol.ts'
import type { Credentials } from './frame-protocol.ts'
import type { StripeError } from '@stripe/stripe-js'

export type ApiAnswer = { object: Record<string, unknown>; error?: undefined } | { error: StripeError }

/** Stripe's form encoding: `a[b][c]=1`, lists by index, null as the empty string, undefined left out. */
export function encodeForm(params: Record<string, unknown>): URLSearchParams {
  const form = new URLSearchParams()
  const put = (name: string, value: unknown): void => {
    if (value === undefined || typeof value === 'function') return
    if (Array.isArray(value)) value.forEach((item, index) => put(`${name}[${index}]`, item))
    else if (isRecord(value)) for (const [key, item] of Object.entries(value)) put(`${name}[${key}]`, item)
    else form.append(name, value === null ? '' : String(value as string | number | boolean))
  }
  for (const [key, value] of Object.entries(params)) put(key, value)
  return form
}

const unreadable: StripeError = { type: 'api_error', message: 'An unexpected error occurred.' }

/** Calls the API this frame was served from; an error of any kind is an answer, never a throw. */
export async function callApi(
  method: 'GET' | 'POST',
  path: string,
  params: Record<string, unknown>,
  credentials: Credentials,
): Promise<ApiAnswer> {
  const form = encodeForm(params)
  const headers: Record<string, string> = {
    Authorization: `Bearer ${credentials.key}`,
    'Stripe-Version': credentials.apiVersion,
    ...(credentials.account === undefined ? {} : { 'Stripe-Account': credentials.account }),
  }
  let response: Response
  try {
    response =
      method === 'GET'
        ? await fetch(`${path}?${form.toString()}`, { headers })
        : await fetch(path, { method: 'POST', headers, body: form })
  } catch {
    return { error: CONNECTION_ERROR }
  }
  const body: unknown = await response.json().catch(() => undefined)
  if (!isRecord(body)) return { error: unreadable }
  if (!isRecord(body['error'])) return response.ok ? { object: body } : { error: unreadable }
  const { type, ...rest } = body['error']
  return { error: { ...rest, type: typeof type === 'string' ? (type as StripeError['type']) : 'api_error' } }
}
