import { verifyWebhook, type WebhookEvent, type WebhookFault } from './webhooks.ts'

type Receiver = {
  readonly key: string
  readonly now: (() => number) | undefined
  readonly forget: (account: string) => void
  readonly onEvent: ((event: WebhookEvent) => unknown) | undefined
}

/** Bytes: the portal's events are thin. */
const MOST = 65_536

const titles = {
  unsigned: 'This is not signed as Standard Webhooks asks for',
  too_old: 'This was signed more than five minutes ago',
  too_new: 'This was signed more than five minutes from now',
  wrong_signature: 'This was not signed with the key of this app, or has been changed on its way',
  not_an_event: 'This is not an event',
} as const satisfies Record<WebhookFault, string>

/** 204 once the app has dealt with the event; what is answered otherwise is sent again by the portal. */
export async function receiveWebhook(request: Request, { key, now, forget, onEvent }: Receiver): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer())
  if (body.length > MOST) return refusal(413, 'This is larger than any event')
  const verified = await verifyWebhook({ headers: request.headers, body, key, now: now?.() })
  if (!verified.genuine) return refusal(verified.why === 'not_an_event' ? 400 : 401, titles[verified.why])
  const { account } = verified.event.data
  if (typeof account === 'string') forget(account)
  await onEvent?.(verified.event)
  return new Response(null, { status: 204 })
}

function refusal(status: number, title: string): Response {
  const headers = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
  return new Response(JSON.stringify({ type: 'about:blank', title, status }), { status, headers })
}
