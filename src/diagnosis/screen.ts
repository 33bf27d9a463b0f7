import type { Diagnosis } from './diagnosis.ts'
import type { Fix } from './reason.ts'

/** Sent back this often within ten minutes, a person is no longer returned automatically. */
const LOOP = 2

export type Destination = Fix | 'all-clear' | 'app-not-updated'

/** The screen on which somebody who was refused belongs. `returns`: how often they were sent back lately. */
export function destinationOf(
  { verdict, blockers }: Pick<Diagnosis, 'verdict' | 'blockers'>,
  returns = 0,
): Destination {
  if (verdict === 'unchecked') return 'diagnosis'
  return blockers[0]?.fix ?? (returns >= LOOP ? 'app-not-updated' : 'all-clear')
}

/** Whether somebody who may not pay can only ask: what blocks, or will block, needs a payer. */
export function needsPayer({ blockers: [first], warnings }: Pick<Diagnosis, 'blockers' | 'warnings'>): boolean {
  return first ? first.who === 'payer' || first.who === 'billing_admin' : warnings.length > 0
}
