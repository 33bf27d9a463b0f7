import type { Hands } from '#server/context.ts'
import {
  claimForwards,
  dropForward,
  giveUpForward,
  giveUpOldForwards,
  postponeForward,
  retryDeadForwards,
  type MeterForward,
} from '#server/store/meter-forwards.ts'
import { forwardUsage } from '#server/stripe/forward-usage.ts'
import { openLoop, type Loop } from './loop.ts'

const SWEEP_MS = 15_000
/** Longer than one batch takes. */
const LEASE_SECONDS = 120
const BATCH = 50
/** Calls to Stripe at the same time: most of its patience belongs to those who pay. */
const AT_ONCE = 10
const HOUR = 3_600
/** Stripe takes no event that is older. */
const OLDEST_SECONDS = 35 * 24 * HOUR
/** Stripe knows an event's identifier for a day; after that, a repetition might be billed twice. */
const IDENTIFIER_SECONDS = 23 * HOUR

/**
 * Passes reports on to Stripe's meters. Each until Stripe has it, under the same identifier, so that it is billed once.
 * What Stripe refused is tried again when the portal starts.
 */
export function openForwarder(hands: Hands): Loop {
  const { config, database, log, now } = hands
  const forwards = Object.values(config.meters).some(({ stripeMeter }) => stripeMeter !== undefined)
  let begun = false
  return openLoop(log, {
    sweepMs: SWEEP_MS,
    trouble: 'passing usage on stopped, and will be taken up again',
    work: async (isClosed) => {
      if (!forwards) return
      if (!begun) await retryDeadForwards(database, now() - OLDEST_SECONDS, now())
      begun = true
      const old = await giveUpOldForwards(database, now() - OLDEST_SECONDS)
      if (old > 0) log.error({ events: old }, 'reports are too old for Stripe and were not passed on')
      while (!isClosed()) {
        const claimed = await claimForwards(database, { now: now(), until: now() + LEASE_SECONDS, limit: BATCH })
        if (claimed.length === 0) return
        for (let next = 0; next < claimed.length; next += AT_ONCE) {
          await Promise.all(claimed.slice(next, next + AT_ONCE).map((one) => passOn(hands, one)))
        }
      }
    },
  })
}

async function passOn({ database, log, now, stripe }: Hands, forward: MeterForward): Promise<void> {
  const { app, account, id, unsure } = forward
  if (unsure !== undefined && unsure + IDENTIFIER_SECONDS <= now()) {
    log.error({ app, account, event: id }, 'nobody can tell whether Stripe has a report')
    return giveUpForward(database, forward, 'unknown', 'no_answer')
  }
  const outcome = await forwardUsage(stripe, forward)
  if (outcome.kind === 'taken') return dropForward(database, forward)
  const { error } = outcome
  if (outcome.kind === 'refused') {
    log.error({ app, account, event: id, error }, 'Stripe refused a report')
    return giveUpForward(database, forward, 'dead', error)
  }
  const since = outcome.kind === 'unsure' ? (unsure ?? now()) : unsure
  return postponeForward(database, forward, { error, unsure: since, now: now() })
}
