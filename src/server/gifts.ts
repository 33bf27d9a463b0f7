import type { Hands } from './context.ts'
import { settleGift, type GiftRecord, type GiftState } from './store/goodwill.ts'
import { StripeUnreachable } from './stripe/client.ts'
import { findGiven, giveMoney, type Gift } from './stripe/customer-balance.ts'

/** Stripe knows a key for at least a day (https://docs.stripe.com/api/idempotent_requests): so long it may be asked again. */
const ASK_SECONDS = 23 * 3_600

/**
 * Finds out what became of a gift of money and finishes it: asked for again with the same key, so that it is given once;
 * once Stripe may have forgotten the key it is only looked for. `asked` where Stripe does not answer.
 */
export async function settle(
  { database, stripe, now }: Pick<Hands, 'database' | 'stripe' | 'now'>,
  written: GiftRecord,
): Promise<GiftState> {
  const { id, gift, state, created } = written
  if (state !== 'asked' || 'credits' in gift) return state
  try {
    const known = await outcomeOf({ ...gift, id })
    await settleGift(database, written, known, now())
    return known.state
  } catch (error) {
    if (error instanceof StripeUnreachable) return 'asked'
    throw error
  }

  async function outcomeOf(wanted: Gift) {
    const isKeyKnown = now() < created + ASK_SECONDS
    const found = isKeyKnown ? undefined : await findGiven(stripe, wanted, created)
    const answer = isKeyKnown ? await giveMoney(stripe, wanted) : found === undefined ? 'refused' : { entry: found }
    if (answer === 'refused') return { state: 'refused' } as const
    return { state: 'given', reference: answer.entry } as const
  }
}

/** As it is told: what was asked for and not answered is not known. */
export function giftStateOf(state: GiftState): 'given' | 'unknown' | 'refused' {
  return state === 'asked' ? 'unknown' : state
}
