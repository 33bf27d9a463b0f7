import type { Visit } from '#contract/visit.ts'
import type { Blocker, Warning } from '#diagnosis/diagnosis.ts'
import type { Fix } from '#diagnosis/reason.ts'
import { speak } from '#diagnosis/speak.ts'
import { isNeeded, mends } from '#portal/paths.ts'
import type { Situation } from '#portal/payments/situation.ts'
import { useState } from 'react'

/** What a screen lifts. `warned`: nothing is refused yet, so nothing more is known about it than its name. */
type Lifted = { readonly blocker: Blocker; readonly warned: boolean }

/** What this screen lifts; while it is being paid for the account already tells otherwise, and the first word stands. */
export function useLifted(visit: Visit, fix: Fix): Lifted | undefined {
  const found = liftedBy(visit, fix)
  const [first] = useState(found)
  return found ?? first
}

function liftedBy({ diagnosis: { blockers, warnings } }: Visit, fix: Fix): Lifted | undefined {
  const blocker =
    blockers.find((candidate) => candidate.fix === fix) ?? blockers.find((candidate) => mends(fix, candidate.fix))
  if (blocker) return { blocker, warned: false }
  const warning = warnings.flatMap((candidate) => (mends(fix, candidate.fix) ? (asBlocker(candidate) ?? []) : []))[0]
  return warning && { blocker: warning, warned: true }
}

/** A warning says only what it is about, and until when. */
function asBlocker({ reason, at }: Warning): Blocker | undefined {
  if (reason === 'usage_limit_exceeded') return speak(reason, undefined, at === undefined ? {} : { resets: at })
  return reason === 'credits_exhausted' || reason === 'seat_limit' ? speak(reason, undefined, {}) : undefined
}

/** Whether nothing may be bought here: it is not needed any more, or money is on its way already. */
export function isBoughtOff(visit: Visit, fix: Fix, { kind }: Situation): boolean {
  if (kind === 'busy' || kind === 'over') return false
  return !isNeeded(visit, fix) || visit.diagnosis.blockers[0]?.reason === 'payment_processing'
}
