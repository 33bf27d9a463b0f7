import type { Hands } from '#server/context.ts'
import { countUsage } from '#server/counted-usage.ts'
import { noteThresholds } from '#server/outbox/note-thresholds.ts'
import { claimLooks } from '#server/store/access-states.ts'
import { forgetAppEvents } from '#server/store/app-events.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import { claimUsageLooks, finishUsageLook } from '#server/store/usage-looks.ts'
import { noteAlerts } from '#server/usage-page/alerts.ts'
import { createForgetter } from './forget-old.ts'
import { openLoop, type Loop } from './loop.ts'

const SWEEP_MS = 15_000
/** Longer than one look takes; when Stripe did not answer, somebody looks again after this. */
const LEASE_SECONDS = 120
const BATCH = 50
/** So long what apps were told can be read and replayed. */
const EVENTS_SECONDS = 30 * 86_400

/** Looks at accounts whose access may have changed by time alone, and at the usage of those that reported some. */
export function openWatch(
  hands: Hands,
  { outbox, postman }: Readonly<Record<'outbox' | 'postman', Pick<Loop, 'wake'>>>,
): Loop {
  const { airlock, config, database, log, now } = hands
  const apps = config.apps.filter(({ webhook }) => webhook).map(({ id }) => id)
  const room = () => ({ now: now(), until: now() + LEASE_SECONDS, limit: BATCH })

  /** One account's trouble is not another's: its lease runs out, and it is looked at again. */
  async function look(key: AccountKey, deed: () => Promise<unknown>): Promise<void> {
    try {
      await deed()
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown'
      log.warn({ error: name, account: key.account }, 'an account could not be looked at, and will be again')
    }
  }

  const forgetOld = createForgetter(hands)
  return openLoop(log, {
    sweepMs: SWEEP_MS,
    trouble: 'looking at accounts stopped, and will be taken up again',
    work: async (isClosed) => {
      await forgetAppEvents(database, now() - EVENTS_SECONDS)
      await forgetOld(isClosed)
      for (let looks = await claimUsageLooks(database, room()); looks.length > 0;) {
        for (const one of looks) {
          if (isClosed()) return
          await look(one, async () => {
            const counted = await countUsage(hands, one)
            await noteThresholds(hands, outbox, one, counted)
            await noteAlerts(hands, postman, one, counted)
            await finishUsageLook(database, one, now())
          })
        }
        looks = await claimUsageLooks(database, room())
      }
      for (const key of await claimLooks(database, apps, room())) {
        if (isClosed()) return
        await look(key, () => airlock.read(key, { fresh: true, metered: false }))
      }
    },
  })
}
