import { verifyWebhook } from '#sdk/webhooks.ts'

type Heard = { readonly type: string; readonly timestamp: string; readonly check?: string }

/** What the portal tells the demo by itself. Unsigned words are not listened to; what is heard twice counts once. */
export type Ears = {
  readonly receive: (request: Request) => Promise<Response>
  /** Of one account, oldest first. */
  readonly heardOf: (account: string) => readonly Heard[]
}

const KEPT = 50
const IDS_KEPT = 10_000

export function createEars({
  key,
  now,
  forget,
}: {
  key: string
  /** Unix milliseconds. */
  now: () => number
  /** Drops what is remembered of an account, so that the next request asks the portal. */
  forget: (account: string) => void
}): Ears {
  const ids = new Set<string>()
  const heard = new Map<string, Heard[]>()

  async function receive(request: Request): Promise<Response> {
    const verified = await verifyWebhook({ headers: request.headers, body: await request.text(), key, now: now() })
    if (!verified.genuine) return Response.json({ error: verified.why }, { status: 401 })
    const { id, type, timestamp, data } = verified.event
    const { account, check } = data
    if (ids.has(id) || typeof account !== 'string') return new Response(null, { status: 204 })
    if (ids.size >= IDS_KEPT) ids.clear()
    ids.add(id)
    forget(account)
    const news = { type, timestamp, ...(typeof check === 'string' && { check }) }
    heard.set(account, [...(heard.get(account) ?? []), news].slice(-KEPT))
    return new Response(null, { status: 204 })
  }

  return { receive, heardOf: (account) => heard.get(account) ?? [] }
}
