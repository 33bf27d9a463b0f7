import type { UsagePage } from '#contract/usage-page.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Reading } from '#server/account.ts'
import type { Hands } from '#server/context.ts'
import { findRecharge } from '#server/store/auto-recharge.ts'
import { findDrawn, findLots } from '#server/store/credit-lots.ts'
import { nameOf } from './meters.ts'

/** The purse in whole: absent where the merchant sells no credits, or where nobody knows what the plan includes. */
export async function creditsOf(
  { config, database, now }: Pick<Hands, 'config' | 'database' | 'now'>,
  { facts, record, ledger }: Reading,
  { money }: { money: boolean },
): Promise<UsagePage['credits']> {
  const { credits, policy } = config
  if (!credits || !facts.credits) return undefined
  const [lots, drawn, recharge] = await Promise.all([
    findLots(database, record, now()),
    findDrawn(database, record, now()),
    credits.autoRecharge ? findRecharge(database, record) : undefined,
  ])
  const state = recharge?.on ? (facts.credits.rechargeStopped === undefined ? 'on' : 'stopped') : 'off'
  return {
    balance: facts.credits.balance,
    lots: lots.map(({ pack, ...lot }) => ({
      ...lot,
      ...compact({ name: pack === undefined ? undefined : credits.packs[pack]?.name }),
    })),
    drawn: drawn.map(({ meter, credits: used }) => ({ meter, name: nameOf(policy, meter).name, credits: used })),
    ...(ledger.balance < 0 && { owed: Math.ceil(-ledger.balance) }),
    ...(credits.autoRecharge && {
      recharge: {
        state,
        ...(recharge?.on && {
          threshold: recharge.threshold,
          pack: credits.packs[recharge.pack]?.name ?? recharge.pack,
          ...(money && { monthly: recharge.monthly }),
        }),
      },
    }),
  }
}
