import type { CheckAnswer } from '#contract/check.ts'
import type { AccessRequest } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import { parseReason } from '#diagnosis/reason.ts'
import { judge } from './account.ts'
import { diagnosisFor, readerOf } from './audience.ts'
import type { App } from './config.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { countServed } from './rates.ts'
import { refusalFor } from './refusal.ts'
import { returnAddress } from './return-address.ts'
import { remainingFor } from './smaller-request.ts'
import { codeUrl, issueCode } from './short-code.ts'
import { findCheckById, insertCheck, markCancelled, type CheckRecord, type Rule } from './store/checks.ts'
import { dropCodes } from './store/codes.ts'
import { randomId, signTicket } from './token.ts'
import { warningFor } from './warnings.ts'

const ALLOWED_SECONDS = 30
/** What is metered changes with every request; what is counted by asking must be asked each time. */
const METERED_SECONDS = 2
const REFUSED_SECONDS = 2
/** A check can be polled and fixed for a day. */
export const CHECK_SECONDS = 86_400

export type CheckQuestion = {
  readonly account: string
  readonly actor?: string
  readonly feature?: string
  readonly meter?: string
  readonly quantity?: number
  readonly client: 'browser' | 'program'
  readonly api_key?: string
  readonly audience?: 'account' | 'visitor'
  readonly reason?: string
  readonly retry_after?: number
  readonly return_to?: string
  readonly state?: string
  readonly fresh: boolean
}

/** May this account be served? Throws ApiError not-found for an account that the app never registered. */
export async function decide(hands: Hands, app: App, question: CheckQuestion): Promise<CheckAnswer> {
  const { config, database } = hands
  const key = { app: app.id, account: question.account }
  const reading = await hands.airlock.read(key, { fresh: question.fresh, metered: question.meter !== undefined })
  if (!reading) throw new ApiError('not-found', `There is no account ${question.account}: PUT /v1/accounts/{id} first`)
  const now = hands.now()
  const asked = newCheck(app, question, now, { refused: true, reasons: [] })
  const judged = judge(config, reading, requestOf(asked), now)
  const { counted, full } = judged.access ? await countServed(hands, reading, asked) : { counted: false }
  const seen = full ? { ...reading, facts: { ...reading.facts, rates: [full] } } : reading
  const diagnosis = full ? judge(config, seen, requestOf(asked), now) : judged
  if (diagnosis.access) {
    const shown = diagnosisFor(config, readerOf(asked, reading.record.members), diagnosis)
    const warnings = shown.warnings.map((warning) => warningFor(config, app, warning))
    const maxAge = counted ? 0 : question.meter === undefined ? ALLOWED_SECONDS : METERED_SECONDS
    return { allowed: true, cache: { max_age: maxAge }, ...(warnings.length > 0 && { warnings }) }
  }
  const check: CheckRecord = {
    ...asked,
    reasons: diagnosis.blockers.map(({ reason }) => reason),
    reported: asked.told ?? diagnosis.blockers[0]?.reason ?? 'unknown',
  }
  await insertCheck(database, check, ruleOf(diagnosis))
  const { record } = reading
  const reader = readerOf(check, record.members)
  const isVisitor = reader === 'visitor'
  const expires = now + CHECK_SECONDS
  const code = isVisitor ? undefined : await issueCode(database, check, { check: check.id, expires, now })
  const remaining = isVisitor ? undefined : remainingFor(config, seen, requestOf(asked), diagnosis, now)
  const shown = diagnosisFor(config, reader, diagnosis)
  const refusal = refusalFor({ config, record, check, diagnosis: shown, reader, code, expires, remaining })
  // A visitor is answered where they are: the portal has nothing for them.
  const location =
    question.client === 'browser' && code !== undefined
      ? ((await ticketFor(hands, app, check, record.members)) ?? codeUrl(config.origin, code))
      : undefined
  return {
    allowed: false,
    ...refusal,
    ...(location !== undefined && { browser: { location } }),
    cache: { max_age: REFUSED_SECONDS },
  }
}

export type Claim = Pick<
  CheckQuestion,
  | 'account'
  | 'actor'
  | 'feature'
  | 'meter'
  | 'quantity'
  | 'api_key'
  | 'audience'
  | 'reason'
  | 'retry_after'
  | 'return_to'
  | 'state'
>

export function newCheck(
  app: App,
  claim: Claim,
  now: number,
  found: Pick<CheckRecord, 'refused' | 'reasons'>,
): CheckRecord {
  const { account, actor, feature, meter, quantity, api_key: apiKey, state } = claim
  const told = claim.reason === undefined ? undefined : parseReason(claim.reason)
  const returnTo = claim.return_to === undefined ? app.url : returnAddress(app, claim.return_to)
  return {
    app: app.id,
    account,
    id: randomId('chk_'),
    reported: told ?? 'unknown',
    refused: found.refused,
    reasons: found.reasons,
    created: now,
    returns: 0,
    ...compact({
      actor,
      feature,
      meter,
      quantity,
      apiKey,
      audience: claim.audience === 'visitor' ? ('visitor' as const) : undefined,
      state,
      returnTo,
      told,
      toldUntil: claim.retry_after === undefined ? undefined : now + claim.retry_after,
    }),
  }
}

/** Invoices of a debt that are kept as evidence of one refusal; the sum is of all of them. */
const EVIDENCE = 5

/** What a refusal rests on, for whoever is asked about it later. */
function ruleOf({ blockers, asOf, live }: Diagnosis): Rule {
  const kept = blockers.map((blocker) =>
    'debt' in blocker && blocker.debt
      ? { ...blocker, debt: { ...blocker.debt, invoices: blocker.debt.invoices.slice(0, EVIDENCE) } }
      : blocker,
  )
  return { blockers: kept, asOf, live }
}

/** What was asked for; the app's own word counts until a deed has answered it. */
export function requestOf(check: CheckRecord | undefined): AccessRequest {
  if (!check) return {}
  const { feature, meter, quantity, apiKey, told, toldUntil: until, created, mended } = check
  return {
    ...compact({ feature, meter, quantity, apiKey }),
    ...(told !== undefined && mended === undefined && { told: { reason: told, at: created, ...compact({ until }) } }),
  }
}

/** A way in for a signed-in person whom the portal knows; undefined for anybody else. */
async function ticketFor(
  { config, now }: Hands,
  app: App,
  check: CheckRecord,
  members: readonly { id: string }[],
): Promise<string | undefined> {
  const actor = members.find(({ id }) => id === check.actor)
  if (!actor) return undefined
  const { ticket } = await signTicket(app, config.origin, { sub: check.account, act: actor.id, chk: check.id }, now())
  return `${config.origin}/fix#t=${ticket}`
}

/** The app takes a refusal back: its code is dead at once. Throws ApiError not-found for another app's. */
export async function cancelCheck({ database, now }: Hands, app: App, id: string): Promise<void> {
  const check = await findCheckById(database, id)
  if (check?.app !== app.id) throw new ApiError('not-found')
  await markCancelled(database, check, id, now())
  await dropCodes(database, check, id)
}
