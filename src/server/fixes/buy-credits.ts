import type { Outcome } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import type { Payer } from './deed.ts'
import type { Paying } from './pay-invoice.ts'

/** Buys a pack of credits. */
export async function buyCredits(
  _hands: Hands,
  _payer: Payer,
  _session: SessionRecord,
  _paying: Paying,
): Promise<Outcome> {
  return { kind: 'stale' }
}
