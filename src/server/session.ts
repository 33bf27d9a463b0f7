import { compact } from '#diagnosis/compact.ts'
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Env, Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { isOpenToGuests } from './guest.ts'
import { markArrived } from './store/members.ts'
import {
  deleteSession,
  deleteSessionsBefore,
  findSession,
  insertSession,
  renameSession,
  touchSession,
  type SessionRecord,
} from './store/sessions.ts'
import { insertArrival } from './store/visits.ts'
import { randomId, randomSecret, sha256 } from './token.ts'

export const IDLE_SECONDS = 30 * 60
export const ABSOLUTE_SECONDS = 12 * 3_600
const DAY = 86_400
/** Of a browser's own name for itself; the rest says nothing more. */
const USER_AGENT_LENGTH = 300

/** Lax, not Strict: the way back from a bank would lose the session. `__Host-` needs https. */
function cookieOf(origin: string) {
  const secure = origin.startsWith('https://')
  return {
    name: secure ? '__Host-sid' : 'fix402_sid',
    options: { httpOnly: true, secure, path: '/', sameSite: 'Lax', maxAge: ABSOLUTE_SECONDS } as const,
  }
}

/** The living session of this browser, if there is one. */
export async function currentSession(hands: Hands, c: Context): Promise<SessionRecord | undefined> {
  const token = getCookie(c, cookieOf(hands.config.origin).name)
  if (token === undefined) return undefined
  const session = await findSession(hands.database, sha256(token))
  const now = hands.now()
  if (!session || session.seen + IDLE_SECONDS <= now || session.created + ABSOLUTE_SECONDS <= now) return undefined
  if (now - session.seen > 60) await touchSession(hands.database, session.hash, now)
  return session
}

/** A new session under a new secret; the one before it in this browser is dead at once. */
export async function startSession(
  hands: Hands,
  c: Context,
  whose: Pick<SessionRecord, 'app' | 'account' | 'member' | 'role' | 'how' | 'proved' | 'provedEmail' | 'guestLink'>,
  token = randomSecret(),
): Promise<void> {
  const before = await currentSession(hands, c)
  if (before) await deleteSession(hands.database, before.hash)
  const now = hands.now()
  const session: SessionRecord = {
    ...whose,
    hash: sha256(token),
    id: randomId('ses_'),
    created: now,
    seen: now,
    ...compact({ userAgent: c.req.header('User-Agent')?.slice(0, USER_AGENT_LENGTH) }),
  }
  await insertSession(hands.database, session)
  await insertArrival(hands.database, session, now)
  if (whose.guestLink === undefined) await markArrived(hands.database, whose, whose.member)
  const { name, options } = cookieOf(hands.config.origin)
  setCookie(c, name, token, options)
}

/** The same session under a new secret, now that its person has read this address's letter; the old secret is dead at once. */
export async function renewSession(hands: Hands, c: Context, { hash }: SessionRecord, email: string): Promise<void> {
  const token = randomSecret()
  // Somebody may have ended it meanwhile: then there is nothing to go on with.
  if (!(await renameSession(hands.database, hash, { to: sha256(token), proved: hands.now(), email }))) {
    throw new ApiError('no-session')
  }
  const { name, options } = cookieOf(hands.config.origin)
  setCookie(c, name, token, options)
}

export async function endSession(hands: Hands, c: Context): Promise<void> {
  const session = await currentSession(hands, c)
  if (session) await deleteSession(hands.database, session.hash)
  forgetSession(hands, c)
}

/** The browser's part of signing out: cookie, cache and what pages have stored. */
export function forgetSession({ config }: Pick<Hands, 'config'>, c: Context): void {
  const { name, options } = cookieOf(config.origin)
  deleteCookie(c, name, { path: options.path, secure: options.secure })
  c.header('Clear-Site-Data', '"cache", "storage"')
}

/** Nothing is kept of who was signed in, a day after that was over. */
export async function forgetSessions({ database, now }: Pick<Hands, 'database' | 'now'>): Promise<void> {
  await deleteSessionsBefore(database, now() - ABSOLUTE_SECONDS - DAY)
}

export function requireSession(hands: Hands): MiddlewareHandler<Env> {
  return async (c, next) => {
    const session = await currentSession(hands, c)
    if (!session) throw new ApiError('no-session')
    if (session.role === 'guest' && !isOpenToGuests(c.req.method, c.req.path)) throw new ApiError('not-allowed')
    c.set('session', session)
    await next()
  }
}

/**
 * Mutations come from our own pages only: JSON, our header, our Origin (OWASP CSRF cheat sheet: custom header and
 * Origin check together; `Sec-Fetch-Site` where the browser sends it).
 */
export function requireSameSite(origin: string): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      const fetchSite = c.req.header('Sec-Fetch-Site') ?? 'same-origin'
      const ours =
        c.req.header('Origin') === origin &&
        c.req.header('X-Portal-CSRF') === '1' &&
        fetchSite === 'same-origin' &&
        (c.req.header('Content-Type') ?? '').startsWith('application/json')
      if (!ours) throw new ApiError('cross-site')
    }
    await next()
  }
}
