import type { DeskAnswer } from '#contract/desk-answer.ts'
import type { Hands } from '#server/context.ts'
import { findByCustomers } from '#server/store/account-search.ts'
import type { AccountRecord } from '#server/store/accounts.ts'
import { findDuplicates } from '#server/store/duplicates.ts'
import type { Billing } from './billing.ts'

const AT_MOST = 10

/** Other accounts that are probably the same people's: by a shared customer, a member's address or the one for bills. */
export async function duplicatesOf(
  { config, database }: Hands,
  record: AccountRecord,
  { twins }: Billing,
): Promise<DeskAnswer['duplicates']> {
  const bounds = { apps: config.apps.map(({ id }) => id), limit: AT_MOST }
  const [own, theirs] = await Promise.all([
    findDuplicates(database, record, AT_MOST),
    twins.length === 0 ? [] : findByCustomers(database, twins, bounds),
  ])
  const isOther = ({ app, account }: { app: string; account: string }) =>
    app !== record.app || account !== record.account
  const all = [...own, ...theirs.filter(isOther).map((found) => ({ ...found, shares: 'email' as const }))]
  const once = new Map(all.toReversed().map((one) => [`${one.app} ${one.account}`, one]))
  return [...once.values()]
    .toReversed()
    .slice(0, AT_MOST)
    .flatMap(({ app: id, account, label, shares }) => {
      const app = config.apps.find((known) => known.id === id)
      return app ? [{ app: { id, name: app.name }, account: { id: account, label }, shares }] : []
    })
}
