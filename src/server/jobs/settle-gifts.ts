import type { Hands } from '#server/context.ts'
import { settle } from '#server/gifts.ts'
import { claimUnsureGifts } from '#server/store/goodwill.ts'
import { openLoop, type Loop } from './loop.ts'

const SWEEP_MS = 15_000
/** Longer than one question to Stripe takes. */
const LEASE_SECONDS = 60
const BATCH = 50

/** Finds out what became of gifts whose giver did not live to see it, or heard nothing of Stripe. */
export function openGifts(hands: Hands): Loop {
  const { airlock, database, log, now } = hands
  return openLoop(log, {
    sweepMs: SWEEP_MS,
    trouble: 'settling gifts stopped, and will be taken up again',
    work: async (isClosed) => {
      const at = now()
      for (const gift of await claimUnsureGifts(database, { before: at - LEASE_SECONDS, now: at, limit: BATCH })) {
        if (isClosed()) return
        await settle(hands, gift)
        airlock.forget(gift)
      }
    },
  })
}
