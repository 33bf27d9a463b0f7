import { withAccountLock } from '#server/account-lock.ts'
import type { Hands } from '#server/context.ts'
import { findAccount, keepMadeCustomer } from '#server/store/accounts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { makeCustomer, nameCustomer } from '#server/stripe/make-customer.ts'

/**
 * Whom the app has never named at Stripe becomes a customer there with the first purchase. Written down as soon as
 * Stripe has said who, so that two tabs make one. Throws StripeUnreachable.
 */
export async function beginAccount(hands: Hands, session: SessionRecord): Promise<void> {
  await withAccountLock(hands, session, async () => {
    const record = await findAccount(hands.database, session)
    if (!record || record.customer !== undefined) return
    const customer = await makeCustomer(hands.stripe, record)
    await keepMadeCustomer(hands.database, record, customer)
    hands.airlock.forget(session)
    const email = record.members.find(({ id }) => id === session.member)?.email
    await nameCustomer(hands.stripe, customer, { name: record.label, email })
  })
}
