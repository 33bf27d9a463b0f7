import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { ApiError } from '#server/errors.ts'
import {
  deleteStaffSession,
  deleteStaffSessionsBefore,
  findStaffSession,
  insertStaffSession,
  insertStaffSignIn,
  takeStaffSignIn,
  touchStaffSession,
  type StaffSessionRecord,
} from '#server/store/staff-sessions.ts'
import { randomId, randomSecret, sha256 } from '#server/token.ts'
import type { DeskConfig } from './config.ts'
import type { DeskEnv, DeskHands } from './context.ts'
import { SignInFailed } from './identity.ts'

/** Fifteen minutes without a request end a session. */
const STAFF_IDLE_SECONDS = 15 * 60
/** After an hour the identity provider is asked again, groups and all; as a rule it answers without a question. */
export const STAFF_SESSION_SECONDS = 3_600
const SIGN_IN_SECONDS = 600

/** Lax: the way back from the identity provider comes from elsewhere. */
function cookieOf({ origin }: DeskConfig, name: 'staff' | 'staff_sign_in', maxAge: number) {
  const secure = origin.startsWith('https://')
  return {
    name: secure ? `__Host-${name}` : `fix402_${name}`,
    options: { httpOnly: true, secure, path: '/', sameSite: 'Lax', maxAge } as const,
  }
}
const sessionCookie = (desk: DeskConfig) => cookieOf(desk, 'staff', STAFF_SESSION_SECONDS)
const signInCookie = (desk: DeskConfig) => cookieOf(desk, 'staff_sign_in', SIGN_IN_SECONDS)

/** Where to send a browser that wants to `wanted`, a path of the desk. Throws SignInFailed. */
export async function beginStaffSignIn(hands: DeskHands, c: Context, wanted: string): Promise<string> {
  const { url, ...begun } = await hands.identity.begin()
  const secret = randomSecret()
  const created = hands.now()
  const row = { ...begun, hash: sha256(secret), wanted: pathOf(wanted), created }
  await insertStaffSignIn(hands.database, row, created - SIGN_IN_SECONDS)
  const { name, options } = signInCookie(hands.desk)
  setCookie(c, name, secret, options)
  return url
}

/** The path that was wanted, with a session under a new secret. Throws SignInFailed. */
export async function finishStaffSignIn(hands: DeskHands, c: Context): Promise<string> {
  const { name, options } = signInCookie(hands.desk)
  const secret = getCookie(c, name)
  deleteCookie(c, name, { path: options.path, secure: options.secure })
  const begun = secret === undefined ? undefined : await takeStaffSignIn(hands.database, sha256(secret))
  const now = hands.now()
  if (!begun || begun.created + SIGN_IN_SECONDS <= now) throw new SignInFailed('too-late')
  // The address as the provider was told it, whatever proxies have made of it.
  const person = await hands.identity.finish(
    new URL(`/sign-in/back${new URL(c.req.url).search}`, hands.desk.origin),
    begun,
  )
  await endStaffSession(hands, c)
  const token = randomSecret()
  await insertStaffSession(hands.database, {
    ...person,
    hash: sha256(token),
    id: randomId('sts_'),
    created: now,
    seen: now,
  })
  await deleteStaffSessionsBefore(hands.database, now - STAFF_SESSION_SECONDS)
  const session = sessionCookie(hands.desk)
  setCookie(c, session.name, token, session.options)
  return begun.wanted
}

/** The living session of this browser, if there is one. */
async function currentStaff(hands: DeskHands, c: Context): Promise<StaffSessionRecord | undefined> {
  const token = getCookie(c, sessionCookie(hands.desk).name)
  const session = token === undefined ? undefined : await findStaffSession(hands.database, sha256(token))
  const now = hands.now()
  if (!session || session.seen + STAFF_IDLE_SECONDS <= now || session.created + STAFF_SESSION_SECONDS <= now)
    return undefined
  if (now - session.seen > 30) await touchStaffSession(hands.database, session.hash, now)
  return session
}

/** Ends it here; what was ended, if there was one. */
export async function endStaffSession(hands: DeskHands, c: Context): Promise<StaffSessionRecord | undefined> {
  const session = await currentStaff(hands, c)
  if (session) await deleteStaffSession(hands.database, session.hash)
  const { name, options } = sessionCookie(hands.desk)
  deleteCookie(c, name, { path: options.path, secure: options.secure })
  return session
}

export function requireStaff(hands: DeskHands): MiddlewareHandler<DeskEnv> {
  return async (c, next) => {
    const session = await currentStaff(hands, c)
    if (!session) throw new ApiError('no-session')
    c.set('staff', session)
    await next()
  }
}

/** Only a path of the desk itself: `//elsewhere` and `/\elsewhere` are other people's hosts. */
function pathOf(wanted: string): string {
  return /^\/(?![/\\])[^\s\\]*$/.test(wanted) ? wanted : '/'
}
