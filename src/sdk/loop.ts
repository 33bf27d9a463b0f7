import { toBase64Url, fromBase64Url } from './base64url.ts'
import { cookieOf, readCookie } from './cookie.ts'

/** How the portal says that a visit ended (`billing_result`); anything else is read as `unchanged`. */
export const results = ['fixed', 'pending', 'unchanged', 'no_blocker', 'cancelled'] as const
export type Result = (typeof results)[number]

/** One browser's last refusal, and how it came back from it. Kept in the browser; it decides only what is drawn. */
export type Loop = {
  readonly account: string
  /** What was refused; absent when the person came back without having been sent by us. */
  readonly subject?: string
  readonly reason?: string
  /** When and how the person came back, unix seconds. */
  readonly returned?: { readonly at: number; readonly result: Result }
  /** How often the waiting page has been shown since. */
  readonly shown: number
}

const NAME = 'fix402_loop'
/** Seconds. */
const LIFETIME = 600
const WINDOW = 120
/** With the refusal, the look at the return and the page itself that is eight checks in all. */
const MOST_SHOWN = 5

export function readLoop(request: Request): Loop | undefined {
  const value = readCookie(request, NAME)
  const bytes = value === undefined ? undefined : fromBase64Url(value)
  if (!bytes) return undefined
  try {
    const loop: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return isLoop(loop) ? loop : undefined
  } catch {
    return undefined
  }
}

export function loopCookie(loop: Loop, secure: boolean): string {
  const value = toBase64Url(new TextEncoder().encode(JSON.stringify(loop)))
  return cookieOf({ name: NAME, value, seconds: LIFETIME, secure })
}

/** The visit that this same refusal has just come back from; another reason is another problem. `now` in unix seconds. */
export function cameBackFrom(
  loop: Loop | undefined,
  refusal: { readonly account: string; readonly subject: string; readonly reason: string },
  now: number,
): (Loop & Required<Pick<Loop, 'returned'>>) | undefined {
  if (!loop?.returned || loop.account !== refusal.account) return undefined
  if ((loop.subject ?? refusal.subject) !== refusal.subject || (loop.reason ?? refusal.reason) !== refusal.reason) {
    return undefined
  }
  return now - loop.returned.at <= WINDOW ? { ...loop, returned: loop.returned } : undefined
}

/** Whether the browser is showing the page that looks again by itself. `now` in unix seconds. */
export function isWaiting(loop: Loop | undefined, now: number): boolean {
  return loop?.returned !== undefined && loop.shown > 0 && now - loop.returned.at <= WINDOW
}

/** Seconds until the waiting page looks again: 2, 4, 8, 16, 32; undefined when it has looked often enough. */
export function nextLook({ shown }: Loop): number | undefined {
  return shown < MOST_SHOWN ? 2 ** (shown + 1) : undefined
}

function isLoop(value: unknown): value is Loop {
  if (typeof value !== 'object' || value === null) return false
  const { account, shown, returned } = value as Partial<Record<keyof Loop, unknown>>
  return typeof account === 'string' && typeof shown === 'number' && (returned === undefined || isReturned(returned))
}

function isReturned(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { at, result } = value as { at?: unknown; result?: unknown }
  return typeof at === 'number' && results.some((known) => known === result)
}
