import type { Outcome } from '#contract/deed.ts'
import type { RemoveRequest, SavedMethod } from '#contract/methods.ts'
import { canPayAll } from '#diagnosis/payable-currencies.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import type { Payer } from '#server/fixes/deed.ts'
import { dropBackup } from '#server/store/backup-methods.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { detachMethod, pinMethod } from '#server/stripe/save-card.ts'
import { currenciesCharged } from './charged-plans.ts'
import { readSaved } from './saved.ts'

/**
 * Takes a method off the account for good, once another one is charged wherever it was: Stripe cannot bring it back
 * (https://docs.stripe.com/api/payment_methods/detach). `stale` where it is gone, or charged for other plans than the
 * person was told; `processing` while a payment from it is on its way.
 * Throws ApiError method-needed where nothing is named to take its place, StripeUnreachable.
 */
export async function removeMethod(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { method, plans, instead }: RemoveRequest,
): Promise<Outcome> {
  // Under the lock: another tab may have moved a plan since this deed began.
  const reading = (await hands.airlock.read(session, { fresh: true })) ?? payer
  const all = await readSaved(hands, reading)
  const saved = all.find((one) => one.method.id === method)
  if (!saved || !isAsShown(saved, plans)) return { kind: 'stale' }
  if (saved.removal === 'in-flight') return { kind: 'processing' }
  if (saved.removal !== 'free') {
    const heir = all.find((one) => one.method.id === instead && one.usable && instead !== method)
    if (instead === undefined || saved.removal === 'add-first') throw new ApiError('method-needed')
    if (!heir) return { kind: 'stale' }
    const needed = currenciesCharged(reading.facts, { isDefault: saved.isDefault, plans })
    if (!canPayAll(heir.method, needed)) return { kind: 'refused', because: 'currency' }
    await pinMethod(hands.stripe, {
      method: heir.method.id,
      subscriptions: saved.plans.filter(({ own }) => own).map(({ subscription }) => subscription),
      ...((saved.isDefault || saved.recharges) && { customer: payer.customer }),
    })
    if (saved.isDefault || saved.recharges) await dropBackup(hands.database, session, heir.method.id)
  }
  // Before it goes: a backup that nobody can see is nobody's wish.
  await dropBackup(hands.database, session, method)
  await detachMethod(hands.stripe, method)
  return { kind: 'done' }
}

function isAsShown(saved: SavedMethod, plans: readonly string[]): boolean {
  const now = saved.plans.map(({ subscription }) => subscription).toSorted()
  return now.join(' ') === plans.toSorted().join(' ')
}
