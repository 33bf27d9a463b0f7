import { judge } from '#server/account.ts'
import { ApiError } from '#server/errors.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import type { DeskHands } from './context.ts'

/**
 * What an account may do after an act, read anew: whoever is told of it is told now. `live` is false where Stripe did not
 * answer; then they are told by the next reading. Throws ApiError not-found.
 */
export async function afterwards(
  { airlock, config, now }: DeskHands,
  key: AccountKey,
): Promise<{ access: boolean; live: boolean }> {
  airlock.forget(key)
  const reading = await airlock.read(key, { fresh: true })
  if (!reading) throw new ApiError('not-found')
  const { access, live } = judge(config, reading, {}, now())
  return { access, live }
}
