import type { Hint, HintAnswer } from '#contract/hint.ts'
import { keepable } from '#contract/text.ts'
import { compact } from '#diagnosis/compact.ts'
import { classify } from '#diagnosis/foreign/classify.ts'
import { parseReason, type Reason } from '#diagnosis/reason.ts'
import type { Context } from 'hono'
import { callerOf } from './caller.ts'
import { newCheck } from './check.ts'
import type { App, Config } from './config.ts'
import type { Hands } from './context.ts'
import { currentSession, startSession } from './session.ts'
import { findAccount, type AccountRecord } from './store/accounts.ts'
import { findCheckById, insertCheck } from './store/checks.ts'
import { findCheckByCode } from './store/codes.ts'
import type { SessionRecord } from './store/sessions.ts'
import { countWrong, throttle } from './throttle.ts'

/** As long as a short code and a refusal's poll live. */
const HINT_SECONDS = 86_400

type PlainHint = Extract<Hint, { kind: 'plain' }>

/** Where an address without a ticket leads, whoever follows it. */
export type Goal =
  | { readonly kind: 'none' | 'unknown_code' | 'unknown_app' }
  | { readonly kind: 'app'; readonly app: App; readonly account?: string; readonly check?: string }

/** Wrong short codes are counted by who tries them. Throws ApiError too-many. */
export async function goalOf(hands: Hands, c: Context, hint: Hint): Promise<Goal> {
  const { config } = hands
  switch (hint.kind) {
    case 'none':
      return hint
    case 'plain': {
      const app = appBy(config, hint.app)
      return app ? { kind: 'app', app, ...compact({ account: upTo(128, hint.account) }) } : { kind: 'unknown_app' }
    }
    case 'check': {
      const check = await findCheckById(hands.database, hint.check)
      const lives = check?.cancelled === undefined && check && check.created + HINT_SECONDS > hands.now()
      const app = appBy(config, lives ? check.app : hint.app)
      if (!app) return { kind: hint.app === undefined ? 'none' : 'unknown_app' }
      return { kind: 'app', app, ...(lives && { account: check.account, check: check.id }) }
    }
    case 'code':
      return countWrong(
        hands,
        'wrong-short-code',
        callerOf(config, c),
        () => goalOfCode(hands, hint.code),
        ({ kind }) => kind === 'unknown_code',
      )
  }
}

async function goalOfCode({ config, database, now }: Hands, code: string): Promise<Goal> {
  const check = await findCheckByCode(database, code, now())
  const app = appBy(config, check?.app)
  if (!check || !app) return { kind: 'unknown_code' }
  return { kind: 'app', app, account: check.account, check: check.id }
}

/**
 * Follows an address that nobody vouches for. It never opens anything by itself: with a session of that account one goes
 * on, another account of the same person takes their own click, and everybody else is asked who they are. Throws
 * ApiError too-many.
 */
export async function followHint(
  hands: Hands,
  c: Context,
  { hint, accept }: { hint: Hint; accept: boolean },
): Promise<HintAnswer> {
  const { config, database } = hands
  const { merchant } = config
  const mail = config.mail !== undefined
  const goal = await goalOf(hands, c, hint)
  if (goal.kind === 'unknown_code') return { kind: 'unknown_code', merchant }
  if (goal.kind === 'unknown_app') return { kind: 'unknown_app', merchant, mail }
  const current = await currentSession(hands, c)
  // A guest's session is for one payment and says nothing about who they are.
  const session = current?.role === 'guest' ? undefined : current
  const app = goal.kind === 'app' ? { id: goal.app.id, name: goal.app.name, url: goal.app.url } : undefined
  if (!session) {
    const reported = hint.kind === 'plain' ? reasonIn(hint) : 'unknown'
    return { kind: 'sign_in', merchant, mail, ...compact({ app }), ...(reported !== 'unknown' && { reported }) }
  }
  if (goal.kind !== 'app' || !app) return { kind: 'entered' }
  const account = goal.account ?? session.account
  if (session.app === app.id && session.account === account) {
    return { kind: 'entered', ...compact({ check: goal.check ?? (await writeDown(hands, goal.app, session, hint)) }) }
  }

  const own = await findAccount(database, session)
  const from = { id: session.account, label: own?.label ?? session.account }
  const other = session.app === app.id ? await findAccount(database, { app: app.id, account }) : undefined
  const member = other && samePerson(session, own, other)
  if (!other || !member) return { kind: 'elsewhere', merchant, from, app, mail }
  if (!accept) return { kind: 'switch', merchant, from, account: { id: other.account, label: other.label }, app }
  const key = { app: app.id, account: other.account, member: member.id, role: member.role }
  await startSession(hands, c, { ...key, how: session.how })
  return { kind: 'entered', ...compact({ check: goal.check ?? (await writeDown(hands, goal.app, key, hint)) }) }
}

/** The app knows its people over all its accounts: by its own id, or by the address it gave for both. */
function samePerson({ member }: SessionRecord, own: AccountRecord | undefined, other: AccountRecord) {
  const email = own?.members.find(({ id }) => id === member)?.email?.toLowerCase()
  return (
    other.members.find(({ id }) => id === member) ??
    other.members.find((candidate) => email !== undefined && candidate.email?.toLowerCase() === email)
  )
}

/** A check of what the address says. Its reason is repeated and never believed; its way back must be registered. */
async function writeDown(
  hands: Hands,
  app: App,
  { account, member }: Pick<SessionRecord, 'account' | 'member'>,
  hint: Hint,
): Promise<string | undefined> {
  if (hint.kind !== 'plain') return undefined
  await throttle(hands, 'hint', `${app.id} ${account} ${member}`)
  const { feature, meter, return_to: returnTo, state } = hint
  const check = newCheck(
    app,
    {
      account,
      actor: member,
      ...compact({
        feature: upTo(100, feature),
        meter: upTo(100, meter),
        state: upTo(512, state),
        return_to: returnTo,
      }),
    },
    hands.now(),
    { refused: false, reasons: [] },
  )
  await insertCheck(hands.database, { ...check, reported: reasonIn(hint) })
  return check.id
}

/** What is too long for its purpose, or is no text at all, was not meant for it. */
function upTo(length: number, text: string | undefined): string | undefined {
  return text !== undefined && text !== '' && text.length <= length && keepable.test(text) ? text : undefined
}

/** Our own word, or what another system's word or whole answer comes to; `unknown` where it can mean several. */
function reasonIn({ reason, body }: PlainHint): Reason {
  const own = parseReason(reason)
  if (own !== 'unknown') return own
  const said = [reason, body].filter((text) => text !== undefined && text !== '')
  return said.map((text) => classify({ body: text }).reason).find((found) => found !== 'unknown') ?? 'unknown'
}

function appBy({ apps }: Config, id: string | undefined): App | undefined {
  return apps.find((app) => app.id === id)
}
