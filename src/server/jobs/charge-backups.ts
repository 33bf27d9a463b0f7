import { withAccountLock } from '#server/account-lock.ts'
import { seeToBackup } from '#server/backup/charge.ts'
import type { Hands } from '#server/context.ts'
import { findBackupsToSee } from '#server/store/backup-methods.ts'
import { openLoop, type Loop } from './loop.ts'

const SWEEP_MS = 30_000
const BATCH = 50

/**
 * Charges the backup where an automatic charge was declined, and looks what came of it. It is woken when Stripe tells of
 * a failed charge; what waits is swept up, after a crash too.
 */
export function openBackupCharger(hands: Hands, postman: Pick<Loop, 'wake'>): Loop {
  const { database, log, now } = hands
  return openLoop(log, {
    sweepMs: SWEEP_MS,
    trouble: 'charging backups stopped, and will be looked at again',
    work: async (isClosed) => {
      for (const key of await findBackupsToSee(database, now(), BATCH)) {
        if (isClosed()) return
        try {
          await withAccountLock(hands, key, () => seeToBackup(hands, key))
          // What was paid opens access: whoever waits for that is told by the reading.
          await hands.airlock.read(key, { fresh: true })
        } catch (error) {
          // One account's trouble is not another's.
          const name = error instanceof Error ? error.name : 'unknown'
          log.warn({ error: name, account: key.account }, 'a backup could not be seen to, and will be looked at again')
        }
        postman.wake()
      }
    },
  })
}
