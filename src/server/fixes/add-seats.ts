import type { Outcome } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import type { Payer } from './deed.ts'
import type { Paying } from './pay-invoice.ts'

/** Buys more seats of a plan that is sold by the seat. */
export async function addSeats(
  _hands: Hands,
  _payer: Payer,
  _session: SessionRecord,
  _paying: Paying,
): Promise<Outcome> {
  return { kind: 'stale' }
}
