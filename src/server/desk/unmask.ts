import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { findAccount, type AccountKey } from '#server/store/accounts.ts'
import { readBillingEmail } from '#server/stripe/billing-email.ts'
import { knownApp } from './known-app.ts'

/** What stands behind one mask. Throws ApiError not-found, StripeUnreachable. */
export async function unmask(hands: Hands, key: AccountKey, field: string): Promise<string> {
  knownApp(hands, key.app)
  const record = await findAccount(hands.database, key)
  if (!record) throw new ApiError('not-found')
  const { customer, members } = record
  const text =
    field === 'billing-email'
      ? customer && (await readBillingEmail(hands.stripe, customer))
      : members
          .flatMap(({ id, name, email }) => [
            [`member:${id}:name`, name] as const,
            [`member:${id}:email`, email] as const,
          ])
          .find(([known]) => known === field)?.[1]
  if (text === undefined) throw new ApiError('not-found')
  return text
}
