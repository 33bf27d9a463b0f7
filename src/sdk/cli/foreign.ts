import type { Answer } from './answer.ts'
import { clean, safeUrl } from './clean.ts'
import { isRecord, textOf } from './refusal.ts'

/** What a portal makes of another vendor's refusal. */
export type Foreign = {
  readonly reason: string
  readonly title: string | undefined
  readonly who: string | undefined
  /** With `unknown`: the reasons that it can mean. */
  readonly ambiguous: readonly string[]
  /** The portal, with that reason as a hint. */
  readonly link: URL | undefined
}

export type Classifier = { readonly portal: string; readonly key: string; readonly signal: AbortSignal }

const PATIENCE = 10_000
/** Characters: more of it tells nothing more. */
const MOST = 50_000

/** Asks the portal; a text says why it could not be asked. The other vendor's headers stay here but for those that tell a cause. */
export async function classify(answer: Answer, { portal, key, signal }: Classifier): Promise<Foreign | string> {
  const url = safeUrl(portal)
  if (!url) return '--portal must be https, or http on this machine'
  const { status, headers, body } = answer
  const telling = Object.entries(headers).filter(
    ([name, value]) => value.length < 1_000 && !/cookie|auth|token|key/.test(name),
  )
  try {
    const response = await fetch(new URL('/v1/classify', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        ...(status !== undefined && { status }),
        headers: Object.fromEntries(telling),
        body: body.slice(0, MOST),
      }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      redirect: 'error',
    })
    if (!response.ok) return `the portal answered ${response.status}`
    const said: unknown = await response.json()
    if (!isRecord(said)) return 'the portal answered with something else'
    const link = safeUrl(said['url'])
    return {
      reason: textOf(said, 'reason') ?? 'unknown',
      title: textOf(said, 'title'),
      who: textOf(said, 'who'),
      ambiguous: Array.isArray(said['ambiguous'])
        ? said['ambiguous'].filter((reason) => typeof reason === 'string').map(clean)
        : [],
      link: link?.origin === url.origin ? link : undefined,
    }
  } catch {
    return 'the portal does not answer'
  }
}
