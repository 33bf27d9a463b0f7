import { nextLook } from '#diagnosis/next-look.ts'
import { judge, type Reading, type Told } from '#server/account.ts'
import { requestOf } from '#server/check.ts'
import type { Config } from '#server/config.ts'
import type { Loop } from '#server/jobs/loop.ts'
import { findAccessState, replaceAccessState, type AccessState } from '#server/store/access-states.ts'
import { insertEvent, type Draft } from '#server/store/app-events.ts'
import { findUnresolvedChecks, markResolved, type CheckRecord } from '#server/store/checks.ts'
import type { Database } from '#server/store/database.ts'

const DAY = 86_400
/** While refused checks wait, somebody looks at least this often, whatever Stripe's events do. */
const SAFETY_SECONDS = 3_600
/** How long an app's own word stands that says no time. */
const TOLD_SECONDS = 900

type Parts = { readonly config: Config; readonly database: Database; readonly now: () => number }

/**
 * Compares a live reading with what the app was last told, and writes down what it must hear of. So it does not matter
 * what caused a change, nor whether somebody died before telling of it: the next reading sees it. Of a first reading
 * nothing is told, and nothing is written where nothing has changed. `count` adds our own figures to the reading.
 */
export async function noteAccess(
  { config, database, now: clock }: Parts,
  outbox: Pick<Loop, 'wake'>,
  told: Told,
  count: () => Promise<Reading>,
): Promise<void> {
  const { record, facts } = told
  // An app that hears nothing is still known to have served what it once refused: support asks how refusals end.
  const hears = config.apps.some(({ id, webhook }) => id === record.app && webhook)
  const now = clock()
  const { before, waiting } = await findAccessState(database, record, now - DAY)
  const checks = waiting ? await findUnresolvedChecks(database, record, now - DAY) : []
  const reading = checks.length > 0 ? await count() : undefined
  const served = reading ? checks.filter((check) => judge(config, reading, requestOf(check), now).access) : []
  const { access, blockers } = judge(config, told, {}, now)
  const left = checks.filter((check) => !served.includes(check))
  const looks = [nextLook(facts, config.policy, now), ...(reading ? looksFor(left, reading, now) : [])]
  const after: AccessState = {
    allowed: access,
    reasons: blockers.map(({ reason }) => reason),
    asOf: facts.asOf,
    lookAt: least(looks),
  }
  if (before && isSame(before, after) && before.lookAt === after.lookAt && served.length === 0) return
  const events = await database.transaction(async (queries) => {
    const drafts: Draft[] = []
    const isFirst = await replaceAccessState(queries, record, before, after, now)
    if (isFirst && before && !isSame(before, after)) drafts.push(changeOf(before, after))
    for (const check of served) if (await markResolved(queries, check, now)) drafts.push(resolutionOf(check))
    if (!hears) return 0
    for (const draft of drafts) await insertEvent(queries, record, draft, now)
    return drafts.length
  })
  if (events > 0) outbox.wake()
}

function changeOf(before: AccessState, after: AccessState): Draft {
  return {
    type: after.allowed && !before.allowed ? 'access.restored' : 'access.changed',
    data: { allowed: after.allowed, reasons: { before: before.reasons, after: after.reasons } },
  }
}

function resolutionOf(check: CheckRecord): Draft {
  return {
    type: 'check.resolved',
    data: { check: check.id, allowed: true, reasons: { before: check.reasons, after: [] } },
  }
}

function isSame(one: AccessState, other: AccessState): boolean {
  return one.allowed === other.allowed && one.reasons.join() === other.reasons.join()
}

/** When what still refuses these checks may have passed by itself. */
function looksFor(checks: readonly CheckRecord[], { facts }: Reading, now: number): readonly number[] {
  if (checks.length === 0) return []
  const resets = [...(facts.usage ?? []), ...(facts.caps ?? []), ...(facts.rates ?? [])].map(({ resets }) => resets)
  const words = checks.map(({ told, toldUntil, created }) => (told ? (toldUntil ?? created + TOLD_SECONDS) : undefined))
  return [...[...resets, ...words].filter((at) => at !== undefined && at > now), now + SAFETY_SECONDS] as number[]
}

function least(instants: readonly (number | undefined)[]): number | undefined {
  const known = instants.filter((at) => at !== undefined)
  return known.length > 0 ? Math.min(...known) : undefined
}
