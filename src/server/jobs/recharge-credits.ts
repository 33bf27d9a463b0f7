import { withAccountLock } from '#server/account-lock.ts'
import { recharge } from '#server/auto-recharge.ts'
import { giveUp, settleOrders } from '#server/credit-orders.ts'
import type { Hands } from '#server/context.ts'
import { monthOf } from '#server/periods.ts'
import { findAccount, type AccountKey } from '#server/store/accounts.ts'
import { findRechargesToSee } from '#server/store/auto-recharge.ts'
import { findForgottenOrders } from '#server/store/credit-orders.ts'
import { forgetCodes } from '#server/store/codes.ts'
import { EVENTS_SECONDS, forgetEvents } from '#server/store/usage.ts'
import { openLoop, type Loop } from './loop.ts'

const SWEEP_MS = 30_000
const BATCH = 50
const DAY = 86_400

/**
 * Buys credits for those who wish it, and takes away what nobody paid or needs any more. It is woken when something was
 * used, or a setting was changed.
 */
export function openRecharger(hands: Hands): Loop {
  const { config, database, log, now } = hands
  return openLoop(log, {
    sweepMs: SWEEP_MS,
    trouble: 'recharging stopped, and will be looked at again',
    work: async (isClosed) => {
      await forgetEvents(database, now() - EVENTS_SECONDS)
      await forgetCodes(database, now())
      if (!config.credits) return
      const attempt = attemptUntil(hands, isClosed)
      for (const key of await findForgottenOrders(database, now() - DAY, BATCH)) await attempt(key, giveUpForgotten)
      if (!config.credits.autoRecharge) return
      for (const key of await findRechargesToSee(database, monthOf(now()).since, BATCH)) {
        let bought = true
        while (bought) bought = await attempt(key, recharge)
      }
    },
  })
}

type Deed = (hands: Hands, key: AccountKey) => Promise<boolean>

/** One account's trouble is not another's. */
function attemptUntil(hands: Hands, isClosed: () => boolean) {
  return async (key: AccountKey, deed: Deed): Promise<boolean> => {
    if (isClosed()) return false
    try {
      return await withAccountLock(hands, key, () => deed(hands, key))
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown'
      hands.log.warn({ error: name, account: key.account }, 'credits could not be seen to, and will be looked at again')
      return false
    }
  }
}

async function giveUpForgotten(hands: Hands, key: AccountKey): Promise<boolean> {
  const record = await findAccount(hands.database, key)
  if (record?.customer === undefined) return false
  for (const order of await settleOrders(hands, key, record.customer)) {
    if (order.created < hands.now() - DAY) await giveUp(hands, order)
  }
  return false
}
