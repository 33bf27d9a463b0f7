import type { Visit } from '#contract/visit.ts'
import type { Fix } from '#diagnosis/reason.ts'
import { isNeeded, place } from '#portal/paths.ts'
import { useEffect } from 'react'
import { Navigate } from 'react-router-dom'
import { settleAsked } from './asked.ts'
import type { Situation } from './situation.ts'

/** Whether this screen has nothing more to mend; while something is going on or has just gone wrong, people stay. */
export function isMended(visit: Visit, screen: Fix, situation: Situation): boolean {
  if (situation.kind === 'busy' || situation.kind === 'over' || isNeeded(visit, screen)) return false
  return visit.diagnosis.blockers.length === 0 || situation.kind === 'idle' || situation.kind === 'unknown'
}

/** Goes where live state says, or `to` where the person came from; an unanswered question is answered by that. */
export function LeaveWhenMended({ visit, to }: { readonly visit: Visit; readonly to?: string }) {
  const check = visit.check?.id
  useEffect(() => settleAsked(check), [check])
  return <Navigate to={to ?? place(visit)} replace />
}
