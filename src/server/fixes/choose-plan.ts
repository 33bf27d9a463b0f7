import type { Outcome } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import type { Payer } from './deed.ts'
import type { Paying } from './pay-invoice.ts'

/** Begins a plan, or changes to one: what was shown is charged, and no more than that. */
export async function choosePlan(
  _hands: Hands,
  _payer: Payer,
  _session: SessionRecord,
  _paying: Paying,
): Promise<Outcome> {
  return { kind: 'stale' }
}
