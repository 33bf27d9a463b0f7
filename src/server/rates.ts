import { termsOf } from '#diagnosis/limits.ts'
import type { RateWindow } from '#diagnosis/usage.ts'
import type { Reading } from './account.ts'
import type { Hands } from './context.ts'
import { livingOf } from './periods.ts'
import type { CheckRecord } from './store/checks.ts'
import { countRequest, findWindows, type WindowRecord } from './store/rates.ts'

/**
 * Counts a request that everything else allows into its meter's window. The windows are fixed ones that begin at
 * multiples of their length since 1970: one row and one statement count exactly, whichever process serves.
 *
 * `counted` says whether the plan has a rate for it; `full` is the window that has no room for it.
 */
export async function countServed(
  hands: Hands,
  { record, facts }: Reading,
  { meter, quantity = 1 }: CheckRecord,
): Promise<{ counted: boolean; full?: RateWindow }> {
  const { config, database, now } = hands
  if (meter === undefined) return { counted: false }
  const rate = termsOf(livingOf(facts, config.policy, now()), config.policy, now()).rates.get(meter)
  if (!rate) return { counted: false }
  const { seconds, limit } = rate
  const starts = Math.floor(now() / seconds) * seconds
  const served = await countRequest(database, record, { meter, starts, seconds, limit, quantity })
  if (served) return { counted: true }
  const isIts = (window: WindowRecord) =>
    window.meter === meter && window.starts >= starts && window.seconds === seconds
  const window = (await findWindows(database, record)).find(isIts) ?? { starts, used: 0 }
  return { counted: true, full: { meter, used: window.used, resets: window.starts + seconds } }
}
