import { withAccountLock } from '#server/account-lock.ts'
import { recharge } from '#server/auto-recharge.ts'
import { giveUp, settleOrders } from '#server/credit-orders.ts'
import type { Hands } from '#server/context.ts'
import { monthOf } from '#server/periods.ts'
import { findAccount, type AccountKey } from '#server/store/accounts.ts'
import { findRechargesToSee } from '#server/store/auto-recharge.ts'
import { findForgottenOrders } from '#server/store/credit-orders.ts'
import { forgetCodes } from '#server/store/codes.ts'
import { forgetEvents } from '#server/store/usage.ts'

/** Milliseconds between looks at what was left undone: after a crash, or while Stripe did not answer. */
const SWEEP_MS = 30_000
const BATCH = 50
const DAY = 86_400
/** A year's period that began in the middle of a day, and the month in which its reports may be late. */
const EVENTS_SECONDS = 400 * DAY

export type Recharger = {
  /** Something was used, or a setting was changed: look whether there is something to buy, in the background. */
  wake(): void
  close(): Promise<void>
}

/** Buys credits for those who wish it, and takes away what nobody paid or needs any more. */
export function openRecharger(hands: Hands): Recharger {
  const { config, database, now } = hands
  let working: Promise<void> = Promise.resolve()
  let again = false
  let closed = false

  async function work(): Promise<void> {
    again = false
    await forgetEvents(database, now() - EVENTS_SECONDS)
    await forgetCodes(database, now())
    if (!config.credits) return
    for (const key of await findForgottenOrders(database, now() - DAY, BATCH)) await attempt(key, giveUpForgotten)
    if (!config.credits.autoRecharge) return
    for (const key of await findRechargesToSee(database, monthOf(now()).since, BATCH)) {
      let bought = true
      while (bought) bought = await attempt(key, recharge)
    }
  }

  /** One account's trouble is not another's. */
  async function attempt(key: AccountKey, deed: (hands: Hands, key: AccountKey) => Promise<boolean>): Promise<boolean> {
    if (closed) return false
    try {
      return await withAccountLock(hands, key, () => deed(hands, key))
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown'
      hands.log.warn({ error: name, account: key.account }, 'credits could not be seen to, and will be looked at again')
      return false
    }
  }

  function wake(): void {
    if (again || closed) return
    again = true
    working = working.then(work).catch((error: unknown) => {
      hands.log.error({ err: error }, 'recharging stopped, and will be looked at again')
    })
  }

  const sweep = setInterval(wake, SWEEP_MS)
  sweep.unref()
  wake()
  return {
    wake,
    close: async () => {
      closed = true
      clearInterval(sweep)
      await working
    },
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
