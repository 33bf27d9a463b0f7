import type { Visit } from '#contract/visit.ts'
import type { Method } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { judge, type Reading } from './account.ts'
import { payersFor, standingAsk } from './asks.ts'
import { requestOf } from './check.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { goOn } from './go-on.ts'
import { appOf, ownCheck } from './own.ts'
import { shownTo } from './redact.ts'
import { payingRoles } from './paying-roles.ts'
import { countReturns, markCheckSeen } from './store/checks.ts'
import type { SessionRecord } from './store/sessions.ts'
import { StripeUnreachable } from './stripe/client.ts'
import { readMethods } from './stripe/read-account.ts'
import { unfinishedSetup } from './unfinished-setup.ts'

const RETURNS_SECONDS = 600

/** Everything a screen needs, from one fresh look. Throws ApiError not-found. */
export async function visit(hands: Hands, session: SessionRecord, checkId: string | undefined): Promise<Visit> {
  const { config, database } = hands
  const app = appOf(hands, session.app)
  const reading = await hands.airlock.read(session, { fresh: true })
  if (!reading) throw new ApiError('not-found')
  const check = await ownCheck(hands, session, checkId)
  const now = hands.now()
  if (check && !session.watched) await markCheckSeen(database, session, check.id, now)
  const mayPay = payingRoles.includes(session.role)
  const diagnosis = judge(config, reading, requestOf(check), now)
  const clear = diagnosis.verdict === 'clear'
  const [methods, unfinished, returns, ask, going] = await Promise.all([
    mayPay ? savedMethods(hands, reading) : [],
    mayPay ? unfinishedSetup(hands, session, reading) : undefined,
    check ? countReturns(database, check, now - RETURNS_SECONDS) : 0,
    standingAsk(hands, session, reading.record, { clear, check: check?.id }),
    mayPay ? goOn(hands, reading, diagnosis) : undefined,
  ])
  const member = reading.record.members.find(({ id }) => id === session.member)
  return {
    now,
    merchant: config.merchant,
    account: { id: session.account, label: reading.record.label },
    app: { id: app.id, name: app.name, url: app.url },
    member: { id: session.member, role: session.role, ...compact({ name: member?.name }) },
    mayPay,
    payers: payersFor(config, reading.record, session.member),
    ...(ask && { ask }),
    ...(check && {
      check: {
        id: check.id,
        reported: check.reported,
        at: check.created,
        reasons: check.reasons,
        returns,
        ...compact({ feature: check.feature }),
      },
    }),
    diagnosis: shownTo(config, session.role, diagnosis),
    ...(going && { goOn: going }),
    methods,
    ...compact({ country: mayPay ? reading.facts.country : undefined }),
    ...(unfinished && { unfinished }),
    stripe: {
      publishableKey: config.stripe.publishableKey,
      script: config.stripe.script,
      sandbox: config.stripe.sandbox,
    },
  }
}

/** The default first. When Stripe does not answer there is nothing to choose from, and the diagnosis says so. */
async function savedMethods({ stripe }: Hands, { record, facts }: Reading): Promise<readonly Method[]> {
  if (record.customer === undefined || facts.customer !== 'present' || facts.source !== 'live') return []
  try {
    const methods = await readMethods(stripe, record.customer)
    return methods.toSorted((a, b) => Number(b.id === facts.method?.id) - Number(a.id === facts.method?.id))
  } catch (error) {
    if (error instanceof StripeUnreachable) return []
    throw error
  }
}
