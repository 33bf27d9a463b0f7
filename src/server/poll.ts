import type { CheckStateSchema } from '#contract/check.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import type { z } from 'zod'
import { judge } from './account.ts'
import { diagnosisFor } from './audience.ts'
import { CHECK_SECONDS, requestOf } from './check.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { pollCheck, type CheckRecord } from './store/checks.ts'

type CheckState = z.infer<typeof CheckStateSchema>

/**
 * How a refusal stands now, for whoever knows its id: no amounts, no names. Throws ApiError: `too-many` for who asks again
 * too early (RFC 8628 §3.5), `stale-link` once it is over, `not-found`.
 */
export async function stateOfCheck(hands: Hands, id: string): Promise<CheckState> {
  const now = hands.now()
  const polled = await pollCheck(hands.database, id, now)
  if (!polled) throw new ApiError('not-found')
  const { check, isEarly, interval } = polled
  if (check.created + CHECK_SECONDS <= now) throw new ApiError('stale-link', 'This check is more than a day old')
  if (isEarly)
    throw new ApiError('too-many', `Ask every ${interval} seconds, not more often`, { interval, retryAfter: interval })
  if (check.cancelled !== undefined) return { state: 'cancelled', allowed: false, reasons: [], interval }
  const reading = await hands.airlock.read(check, { fresh: false, metered: check.meter !== undefined })
  if (!reading) throw new ApiError('not-found')
  const diagnosis = judge(hands.config, reading, requestOf(check), now)
  const { access, blockers } = check.audience ? diagnosisFor(hands.config, check.audience, diagnosis) : diagnosis
  return {
    state: standingOf(check, diagnosis),
    allowed: access,
    reasons: blockers.map(({ reason }) => reason),
    interval,
  }
}

function standingOf({ seen }: CheckRecord, { access, blockers }: Diagnosis): CheckState['state'] {
  if (access) return 'resolved'
  if (blockers[0]?.reason === 'payment_processing') return 'pending'
  return seen === undefined ? 'open' : 'seen'
}
