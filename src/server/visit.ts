import type { Visit } from '#contract/visit.ts'
import type { Method } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { judge, type Reading } from './account.ts'
import { requestOf } from './check.ts'
import type { App } from './config.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { payingRoles } from './session.ts'
import type { AccountKey } from './store/accounts.ts'
import { countReturns, findCheck, markCheckSeen, type CheckRecord } from './store/checks.ts'
import type { SessionRecord } from './store/sessions.ts'
import { closeSetup, findOpenSetup } from './store/setups.ts'
import { StripeUnreachable } from './stripe/client.ts'
import { readMethods } from './stripe/read-account.ts'
import { readSetup } from './stripe/save-card.ts'

const RETURNS_SECONDS = 600
/** A bank's check that was left alone longer than this is not offered again. */
const SETUP_SECONDS = 3_600

/** Everything a screen needs, from one fresh look. Throws ApiError not-found. */
export async function visit(hands: Hands, session: SessionRecord, checkId: string | undefined): Promise<Visit> {
  const { config, database } = hands
  const app = appOf(hands, session.app)
  const reading = await hands.airlock.read(session, { fresh: true })
  if (!reading) throw new ApiError('not-found')
  const check = await ownCheck(hands, session, checkId)
  const now = hands.now()
  if (check) await markCheckSeen(database, session, check.id, now)
  const mayPay = payingRoles.includes(session.role)
  const [methods, unfinished, returns] = await Promise.all([
    mayPay ? savedMethods(hands, reading) : [],
    mayPay ? unfinishedSetup(hands, session, reading) : undefined,
    check ? countReturns(database, check, now - RETURNS_SECONDS) : 0,
  ])
  const member = reading.record.members.find(({ id }) => id === session.member)
  return {
    now,
    merchant: config.merchant,
    account: { id: session.account, label: reading.record.label },
    app: { id: app.id, name: app.name, url: app.url },
    member: { id: session.member, role: session.role, ...compact({ name: member?.name }) },
    mayPay,
    payers: reading.record.members
      .filter(({ role }) => payingRoles.includes(role))
      .flatMap(({ name }) => (name === undefined ? [] : [name])),
    ...(check && {
      check: { id: check.id, reported: check.reported, returns, ...compact({ feature: check.feature }) },
    }),
    diagnosis: judge(config, reading, requestOf(check), now),
    methods,
    ...compact({ country: reading.facts.country }),
    ...(unfinished && { unfinished }),
    stripe: {
      publishableKey: config.stripe.publishableKey,
      script: config.stripe.script,
      sandbox: config.stripe.sandbox,
    },
  }
}

export function appOf({ config }: Hands, id: string): App {
  const app = config.apps.find((candidate) => candidate.id === id)
  if (!app) throw new ApiError('not-found', 'This app is no longer connected')
  return app
}

export async function ownCheck(
  { database }: Hands,
  key: AccountKey,
  id: string | undefined,
): Promise<CheckRecord | undefined> {
  if (id === undefined) return undefined
  const check = await findCheck(database, key, id)
  if (!check) throw new ApiError('not-found')
  return check
}

/** The default first. When Stripe does not answer there is nothing to choose from, and the diagnosis says so. */
export async function savedMethods({ stripe }: Hands, { record, facts }: Reading): Promise<readonly Method[]> {
  if (record.customer === undefined || facts.customer !== 'present' || facts.source !== 'live') return []
  try {
    const methods = await readMethods(stripe, record.customer)
    return methods.toSorted((a, b) => Number(b.id === facts.method?.id) - Number(a.id === facts.method?.id))
  } catch (error) {
    if (error instanceof StripeUnreachable) return []
    throw error
  }
}

async function unfinishedSetup(
  { database, stripe, now }: Hands,
  key: AccountKey,
  { record, facts }: Reading,
): Promise<Visit['unfinished']> {
  if (facts.source !== 'live') return undefined
  const id = await findOpenSetup(database, key, now() - SETUP_SECONDS)
  if (id === undefined) return undefined
  try {
    const setup = await readSetup(stripe, id)
    const saved = setup?.status === 'succeeded'
    if ((saved || setup?.status === 'requires_action') && setup.customer === record.customer && setup.clientSecret) {
      return { setupIntent: setup.id, clientSecret: setup.clientSecret, saved, ...compact({ method: setup.method }) }
    }
    if (setup?.status === 'canceled' || !setup) await closeSetup(database, key, id)
    return undefined
  } catch (error) {
    if (error instanceof StripeUnreachable) return undefined
    throw error
  }
}
