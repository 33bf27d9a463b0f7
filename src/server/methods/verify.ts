import type { VerifyAnswer, VerifyRequest } from '#contract/methods.ts'
import { withAccountLock } from '#server/account-lock.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { canPayAll } from '#diagnosis/payable-currencies.ts'
import { requirePayer, type Payer } from '#server/fixes/deed.ts'
import { closeSetup } from '#server/store/setups.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { pinMethod, readSetup } from '#server/stripe/save-card.ts'
import { cancelSetup, verifyDeposits } from '#server/stripe/saved-methods.ts'
import { currenciesCharged } from './charged-plans.ts'

/**
 * Names what Stripe has sent to a bank account. Verified, it is saved; where nothing was the default, it becomes it, as
 * long as it can pay what is charged.
 * Throws ApiError not-allowed, not-found, StripeUnreachable.
 */
export async function verifyMethod(
  hands: Hands,
  session: SessionRecord,
  { setupIntent, proof }: VerifyRequest,
): Promise<VerifyAnswer> {
  const { stripe } = hands
  return withOwnSetup(hands, session, setupIntent, async ({ customer, facts }) => {
    const kind = await verifyDeposits(stripe, setupIntent, proof)
    if (kind !== 'verified') return { kind }
    await closeSetup(hands.database, session, setupIntent)
    const setup = await readSetup(stripe, setupIntent)
    const needed = currenciesCharged(facts, { isDefault: true, plans: [] })
    if (setup?.status === 'succeeded' && setup.method && !facts.method && canPayAll(setup.method, needed))
      await pinMethod(stripe, { customer, method: setup.method.id, subscriptions: [] })
    return { kind }
  })
}

/** Gives up a bank account that was not verified yet. Throws ApiError not-allowed, not-found, StripeUnreachable. */
export async function abandonMethod(hands: Hands, session: SessionRecord, setupIntent: string): Promise<void> {
  await withOwnSetup(hands, session, setupIntent, async () => {
    await cancelSetup(hands.stripe, setupIntent)
    await closeSetup(hands.database, session, setupIntent)
  })
}

/** Another customer's set-up is not found. */
async function withOwnSetup<T>(
  hands: Hands,
  session: SessionRecord,
  setupIntent: string,
  deed: (payer: Payer) => Promise<T>,
): Promise<T> {
  const payer = await requirePayer(hands, session)
  if (payer.guest) throw new ApiError('not-allowed')
  return withAccountLock(hands, session, async () => {
    const setup = await readSetup(hands.stripe, setupIntent)
    if (!setup || setup.customer !== payer.customer) throw new ApiError('not-found', 'There is no such bank account')
    const came = await deed(payer)
    hands.airlock.forget(session)
    return came
  })
}
