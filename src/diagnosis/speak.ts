import type { Instant } from './account.ts'
import type { Blocker, BlockerOf } from './diagnosis.ts'
import { reasonFacts, type Fix, type Reason } from './reason.ts'

type EvidenceOf<R extends Reason> = Omit<BlockerOf<R>, 'reason' | 'fix' | 'who' | 'since'>

/** A blocker with the remedy of its reason, or with another one where the evidence says that it heals better. */
export function speak<R extends Reason>(
  reason: R,
  since: Instant | undefined,
  evidence: EvidenceOf<R>,
  remedy: Fix = reasonFacts[reason].fix,
): Blocker {
  const { who } = reasonFacts[reason]
  // The compiler does not join a generic reason with its evidence again; EvidenceOf has checked the pair.
  return { reason, fix: remedy, who, ...(since !== undefined && { since }), ...evidence } as unknown as Blocker
}
