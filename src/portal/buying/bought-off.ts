import type { Visit } from '#contract/visit.ts'
import type { Blocker } from '#diagnosis/diagnosis.ts'
import type { Fix } from '#diagnosis/reason.ts'
import { isNeeded, mends } from '#portal/paths.ts'
import type { Situation } from '#portal/payments/situation.ts'
import { useState } from 'react'

/** What this screen lifts; while it is being paid for the account already tells otherwise, and the first word stands. */
export function useBlocker(visit: Visit, fix: Fix): Blocker | undefined {
  const found = blockerFor(visit, fix)
  const [first] = useState(found)
  return found ?? first
}

function blockerFor({ diagnosis: { blockers } }: Visit, fix: Fix): Blocker | undefined {
  return blockers.find((blocker) => blocker.fix === fix) ?? blockers.find((blocker) => mends(fix, blocker.fix))
}

/** Whether nothing may be bought here: it is not needed any more, or money is on its way already. */
export function isBoughtOff(visit: Visit, fix: Fix, { kind }: Situation): boolean {
  if (kind === 'busy' || kind === 'over') return false
  return !isNeeded(visit, fix) || visit.diagnosis.blockers[0]?.reason === 'payment_processing'
}
