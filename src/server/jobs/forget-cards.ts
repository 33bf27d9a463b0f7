import type { Hands } from '#server/context.ts'
import { findSetupsToForget, markSetupForgotten, type BorrowedSetup } from '#server/store/setups.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { detachMethod, readSetup } from '#server/stripe/save-card.ts'

const BATCH = 20
/** As long as a bank's check of a card can go on after the page was left. */
const LEFT_SECONDS = 3_600

/** Guests' cards that were to pay only once: taken off the customer when their link is over, also after a crash. */
export async function forgetCards(hands: Hands): Promise<void> {
  const now = hands.now()
  const setups = await findSetupsToForget(hands.database, { now, since: now - LEFT_SECONDS, limit: BATCH })
  for (const setup of setups) await forgetCard(hands, setup)
}

/** What Stripe does not answer now is done at the next look. */
export async function forgetCard({ database, stripe, log, now }: Hands, setup: BorrowedSetup): Promise<void> {
  try {
    const method = (await readSetup(stripe, setup.setupIntent))?.method
    if (method) await detachMethod(stripe, method.id)
    await markSetupForgotten(database, setup, now())
  } catch (error) {
    if (!(error instanceof StripeUnreachable)) throw error
    log.warn({ setup: setup.setupIntent, reason: error.message }, 'a guest’s card is still to be forgotten')
  }
}
