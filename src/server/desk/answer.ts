import type { DeskAnswer, Screen, Seen } from '#contract/desk-answer.ts'
import type { StaffRole } from '#contract/staff.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import { asHeld } from '#diagnosis/kept.ts'
import { destinationOf, needsPayer } from '#diagnosis/screen.ts'
import { standing } from '#diagnosis/standing.ts'
import { judge, type Reading } from '#server/account.ts'
import { requestOf } from '#server/check.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { payingRoles } from '#server/paying-roles.ts'
import { plannedOf } from '#server/plan-later.ts'
import { findAccount, type AccountKey } from '#server/store/accounts.ts'
import { countReturns, type CheckRecord } from '#server/store/checks.ts'
import { duplicatesOf } from './duplicates.ts'
import { findPending } from '#server/store/pending.ts'
import { findNewestRefusal, findRefusal } from '#server/store/refusals.ts'
import { titleOfWarning } from '#server/warnings.ts'
import { deskBlocker } from './blockers.ts'
import { billingOf } from './billing.ts'
import { linkFor } from './link.ts'
import { masked, personFor } from './mask.ts'
import { nextOf } from './next.ts'
import { refusedFor } from './refused.ts'
import { teamOf } from './team.ts'
import { toldOf } from './told.ts'
import { knownApp } from './known-app.ts'

/** What was refused longer ago is not what somebody asks about. */
const REFUSED_SECONDS = 7 * 86_400
const RETURNS_SECONDS = 600
const SUBSCRIPTIONS = 10

/**
 * Why this account gets a 402, from one fresh look; about the request of `checkId`, else about the newest refused one.
 * Throws ApiError not-found: for an unknown account, another account's check, and an app that is gone.
 */
export async function answerFor(
  hands: Hands,
  role: StaffRole,
  key: AccountKey,
  checkId: string | undefined,
): Promise<DeskAnswer> {
  const { config, database } = hands
  const app = knownApp(hands, key.app)
  const known = await findAccount(database, key)
  const [reading, billing] = await Promise.all([
    hands.airlock.read(key, { fresh: true }),
    billingOf(hands, { customer: known?.customer }),
  ])
  if (!reading) throw new ApiError('not-found')
  const now = hands.now()
  const refusal = await (checkId === undefined
    ? findNewestRefusal(database, key, now - REFUSED_SECONDS)
    : findRefusal(database, key, checkId))
  if (checkId !== undefined && !refusal) throw new ApiError('not-found')
  const { record, facts } = reading
  const check = refusal?.check
  const diagnosis = judge(config, reading, requestOf(check), now)
  const [returns, team, told, pending, duplicates, link] = await Promise.all([
    check ? countReturns(database, check, now - RETURNS_SECONDS) : 0,
    teamOf(hands, role, record),
    toldOf(database, app, key, now),
    findPending(database, key, now),
    duplicatesOf(hands, record, billing),
    linkFor(hands, app, check, diagnosis),
  ])
  return {
    now,
    app: { id: app.id, name: app.name },
    account: { id: record.account, label: record.label },
    stripe: {
      source: facts.source,
      customer: facts.customer,
      ...compact({
        id: record.customer,
        url: dashboardUrl(hands, record.customer),
        method: facts.method,
        email: billing.email === undefined ? undefined : masked(role, 'email', billing.email, 'billing-email'),
      }),
    },
    verdict: diagnosis.verdict,
    asOf: diagnosis.asOf,
    blockers: diagnosis.blockers.map((blocker) => deskBlocker(blocker, facts)),
    warnings: diagnosis.warnings.map((warning) => ({ warning, title: titleOfWarning(warning) })),
    pending,
    sees: seesNow(reading, role, { diagnosis, check, returns }),
    team,
    told,
    next: nextOf(facts, diagnosis.blockers, config.policy, now),
    subscriptions: facts.subscriptions.slice(0, SUBSCRIPTIONS).map((subscription) => {
      const { id, status, interval, periodEnd, scheduled } = subscription
      const stands = standing(facts, subscription, config.policy, now)
      const { plan, quantity, price } = stands === 'ended' ? subscription : asHeld(subscription, now)
      const planned = plannedOf(subscription, { policy: config.policy, now, mayUndo: false, seesMoney: true })
      return {
        id,
        plan,
        status,
        standing: stands,
        quantity,
        periodEnd,
        ...compact({ price, interval, scheduled, planned: stands === 'ended' ? undefined : planned }),
      }
    }),
    duplicates,
    link,
    ...compact({
      hold: record.hold,
      refused:
        refusal &&
        refusedFor(refusal, { record, policy: config.policy, role, diagnosis, pinned: checkId !== undefined }),
    }),
  }
}

/** What an owner sees who opens the portal now, and what whoever was refused sees. */
function seesNow(
  { record }: Reading,
  role: StaffRole,
  { diagnosis, check, returns }: { diagnosis: Diagnosis; check: CheckRecord | undefined; returns: number },
): readonly Seen[] {
  const screen = destinationOf(diagnosis, returns)
  const at = (shown: Screen) => ({ screen: shown, path: `/fix/${screen}${check ? `?check=${check.id}` : ''}` })
  const owner = record.members.find((member) => member.role === 'owner')
  const refused = record.members.find(({ id }) => id === check?.actor)
  const asks = refused && !payingRoles.includes(refused.role) && diagnosis.blockers.length > 0 && needsPayer(diagnosis)
  return [
    { as: 'owner', ...at(screen), ...(owner && { person: personFor(role, owner) }) },
    ...(refused && refused.id !== owner?.id
      ? [{ as: 'refused' as const, person: personFor(role, refused), ...at(asks ? 'ask-admin' : screen) }]
      : []),
  ]
}

function dashboardUrl({ config: { stripe } }: Hands, customer: string | undefined): string | undefined {
  if (customer === undefined || stripe.sandbox) return undefined
  return `https://dashboard.stripe.com/${stripe.key.includes('_test_') ? 'test/' : ''}customers/${customer}`
}
