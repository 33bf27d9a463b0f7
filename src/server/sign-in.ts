import type { Hint } from '#contract/hint.ts'
import type { Overview } from '#contract/overview.ts'
import type { SignInAnswer, SignInBegun } from '#contract/sign-in.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { callerOf } from './caller.ts'
import type { Hands } from './context.ts'
import { goalOf } from './hint.ts'
import { startSession } from './session.ts'
import type { SessionRecord } from './store/sessions.ts'
import {
  deleteSignIn,
  findMemberships,
  findSignIn,
  insertSignIn,
  proveSignIn,
  type Membership,
  type SignInRecord,
} from './store/sign-ins.ts'
import { throttle } from './throttle.ts'
import { randomId, randomSecret, sha256 } from './token.ts'
import { CODE_SECONDS, tryCode } from './typed-code.ts'

const CHOICE_SECONDS = 600

/**
 * Strict: only our own pages ever need it. A code works only in the browser that asked for it, so one that somebody was
 * talked into reading out opens nothing elsewhere, and nobody is signed in to a stranger's account.
 */
function cookieOf(origin: string) {
  const secure = origin.startsWith('https://')
  return {
    name: secure ? '__Host-sign-in' : 'fix402_sign_in',
    options: { httpOnly: true, secure, path: '/', sameSite: 'Strict', maxAge: CODE_SECONDS + CHOICE_SECONDS } as const,
  }
}

/**
 * Writes the wish down, and that is all: whether the address is known is looked up afterwards, by whoever writes the
 * letters. So answer, work and time are the same for every address. Throws ApiError too-many.
 */
export async function beginSignIn(
  hands: Hands,
  c: Context,
  { email, hint }: { email: string; hint: Hint },
): Promise<SignInBegun> {
  const { config, database } = hands
  if (!config.mail) return { kind: 'no_mail' }
  await throttle(hands, 'sign-in-caller', callerOf(config, c))
  await throttle(hands, 'sign-in-email', email.toLowerCase())
  const goal = await goalOf(hands, c, hint)
  const { name, options } = cookieOf(config.origin)
  const before = getCookie(c, name)
  if (before !== undefined) await deleteSignIn(database, sha256(before))
  const secret = randomSecret()
  const now = hands.now()
  const expires = now + CODE_SECONDS
  await insertSignIn(database, {
    hash: sha256(secret),
    id: randomId('sign_'),
    email,
    created: now,
    expires,
    ...(goal.kind === 'app' && { app: goal.app.id, ...compact({ account: goal.account }) }),
  })
  setCookie(c, name, secret, options)
  return { kind: 'sent', expires }
}

/** The code of the letter, typed in. An address that nobody is known by has no right code. Throws ApiError too-many. */
export async function enterByCode(hands: Hands, c: Context, typed: string): Promise<SignInAnswer> {
  const signIn = await currentSignIn(hands, c)
  if (!signIn || signIn.proven !== undefined) return { kind: 'expired' }
  const memberships = await membershipsOf(hands, signIn)
  const tried = await tryCode(hands, c, signIn, { typed, opens: memberships.length > 0 })
  if (tried.kind !== 'right') return tried
  const now = hands.now()
  const expires = now + CHOICE_SECONDS
  if (!(await proveSignIn(hands.database, signIn.hash, { now, expires }))) return { kind: 'expired' }
  const { app, account } = signIn
  const wanted = memberships.filter((own) => (app ?? own.app) === own.app && (account ?? own.account) === own.account)
  const [only, ...others] = wanted
  if (only && others.length === 0) return enter(hands, c, signIn, only)
  const offered = wanted.length > 0 ? wanted : memberships
  return { kind: 'choose', elsewhere: wanted.length === 0, accounts: offered.flatMap((own) => named(hands, own)) }
}

/** One of several accounts, once the code was right. */
export async function enterChosen(
  hands: Hands,
  c: Context,
  { app, account }: { app: string; account: string },
): Promise<SignInAnswer> {
  const signIn = await currentSignIn(hands, c)
  if (signIn?.proven === undefined) return { kind: 'expired' }
  const memberships = await membershipsOf(hands, signIn)
  const chosen = memberships.find((own) => own.app === app && own.account === account)
  return chosen ? enter(hands, c, signIn, chosen) : { kind: 'expired' }
}

async function enter(
  hands: Hands,
  c: Context,
  { hash, email, proven }: SignInRecord,
  { app, account, member, role }: Membership,
): Promise<SignInAnswer> {
  if (!(await deleteSignIn(hands.database, hash))) return { kind: 'expired' }
  const proved = { proved: proven ?? hands.now(), provedEmail: email }
  await startSession(hands, c, { app, account, member, role, how: 'email', ...proved })
  const { name, options } = cookieOf(hands.config.origin)
  setCookie(c, name, '', { ...options, maxAge: 0 })
  return { kind: 'entered' }
}

async function currentSignIn({ config, database, now }: Hands, c: Context): Promise<SignInRecord | undefined> {
  const secret = getCookie(c, cookieOf(config.origin).name)
  return secret === undefined ? undefined : findSignIn(database, sha256(secret), now())
}

const precedence = ['owner', 'billing_admin', 'member', 'viewer'] as const satisfies readonly Membership['role'][]

/** Each account once, in the role that may do most, of the apps that are still connected. */
export async function membershipsOf(
  { config, database }: Hands,
  { email }: Pick<SignInRecord, 'email'>,
): Promise<readonly Membership[]> {
  const all = (await findMemberships(database, email)).filter(({ app }) => config.apps.some(({ id }) => id === app))
  const rank = ({ role }: Membership) => precedence.indexOf(role)
  return all.filter(
    (own) =>
      own ===
      all
        .filter(({ app, account }) => app === own.app && account === own.account)
        .toSorted((a, b) => rank(a) - rank(b))[0],
  )
}

/**
 * Where signing in anew leads, as far as this person may know: only whoever has read an address's letter in this session
 * is told whether it has other accounts. Undefined where it leads nowhere else.
 */
export async function otherAccounts(
  hands: Hands,
  { app, account, provedEmail }: SessionRecord,
): Promise<Overview['otherAccounts']> {
  if (!hands.config.mail) return undefined
  if (provedEmail === undefined) return 'possible'
  const memberships = await membershipsOf(hands, { email: provedEmail })
  return memberships.some((own) => own.app !== app || own.account !== account) ? 'known' : undefined
}

function named({ config }: Hands, { app: id, account, label }: Membership) {
  const app = config.apps.find((candidate) => candidate.id === id)
  return app ? [{ app: { id, name: app.name, url: app.url }, account: { id: account, label } }] : []
}
