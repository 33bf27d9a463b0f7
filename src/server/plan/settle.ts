import type { Outcome } from '#contract/deed.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import type { Heard } from '#server/stripe/subscriptions.ts'

/** What came of an act on one subscription: believes what it reads, not what it heard. */
export async function settle<T extends { readonly id: string }>(
  read: () => Promise<readonly T[]>,
  { id, heard, isDone }: { readonly id: string; readonly heard: Heard; readonly isDone: (now: T) => boolean },
): Promise<Outcome> {
  try {
    const now = (await read()).find((one) => one.id === id)
    if (now && isDone(now)) return { kind: 'done' }
    return { kind: heard === 'no' ? 'stale' : 'unknown' }
  } catch (error) {
    if (error instanceof StripeUnreachable) return { kind: 'unknown' }
    throw error
  }
}
