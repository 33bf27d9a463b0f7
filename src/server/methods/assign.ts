import type { Outcome } from '#contract/deed.ts'
import type { AssignRequest } from '#contract/methods.ts'
import type { Hands } from '#server/context.ts'
import type { Payer } from '#server/fixes/deed.ts'
import { lookAtCard } from '#server/fixes/choose-card.ts'
import { dropBackup } from '#server/store/backup-methods.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { pinMethod } from '#server/stripe/save-card.ts'
import { changeable, currenciesCharged } from './charged-plans.ts'
import { readSaved } from './saved.ts'

/**
 * Charges a method from now on, exactly where the person was shown: as the default, and for those plans. Moves no
 * money. A plan that is over by now, or a method that can no longer be charged, is `stale`; one that cannot pay a plan's
 * currency is `refused`.
 * Throws ApiError not-found, StripeUnreachable.
 */
export async function assignMethod(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { with: chosen, isDefault, plans }: AssignRequest,
): Promise<Outcome> {
  const living = changeable(payer.facts)
  if (!plans.every((id) => living.includes(id))) return { kind: 'stale' }
  if ('method' in chosen) {
    const saved = (await readSaved(hands, payer)).find(({ method }) => method.id === chosen.method)
    if (saved?.usable === false) return { kind: 'stale' }
  }
  const currencies = currenciesCharged(payer.facts, { isDefault, plans })
  const card = await lookAtCard(hands, payer, session, { with: chosen, currencies })
  if (card.kind === 'none') return card.outcome
  const { method } = card
  await pinMethod(hands.stripe, { method, subscriptions: plans, ...(isDefault && { customer: payer.customer }) })
  // What is charged first stands in for nothing any more.
  if (isDefault) await dropBackup(hands.database, session, method)
  return { kind: 'done' }
}
