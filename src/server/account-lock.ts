import { setTimeout as sleep } from 'node:timers/promises'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import type { AccountKey } from './store/accounts.ts'
import { releaseLock, takeLock } from './store/locks.ts'
import { randomId } from './token.ts'

/** Longer than every call to Stripe that one deed makes. */
const LEASE_SECONDS = 60
const PATIENCE_MS = 20_000
const STEP_MS = 100

/**
 * One deed at a time for an account, over all processes. A second tab waits and then finds the truth of the first;
 * after twenty seconds it is told so (ApiError in-progress).
 */
export async function withAccountLock<T>(hands: Hands, key: AccountKey, deed: () => Promise<T>): Promise<T> {
  const holder = randomId()
  for (let waited = 0; ; waited += STEP_MS) {
    const now = hands.now()
    if (await takeLock(hands.database, key, holder, now, now + LEASE_SECONDS)) break
    if (waited >= PATIENCE_MS) throw new ApiError('in-progress', undefined, { retryAfter: 2 })
    await sleep(STEP_MS)
  }
  try {
    return await deed()
  } finally {
    await releaseLock(hands.database, key, holder)
  }
}
