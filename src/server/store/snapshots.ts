import type { Account, Method } from '#diagnosis/account.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'
import { markOf } from './saved-cards.ts'

/** Our own writing: read back as it was written, an older reading never over a newer one. */
const SnapshotRow = z.object({ facts: z.custom<Account>((facts) => typeof facts === 'object' && facts !== null) })

export async function saveSnapshot(database: Queries, { app, account }: AccountKey, facts: Account): Promise<void> {
  await database.query(
    `insert into snapshots (app, account, facts, marks, fetched) values ($1, $2, $3, $4, $5)
     on conflict (app, account) do update set facts = excluded.facts, marks = excluded.marks, fetched = excluded.fetched
     where snapshots.fetched <= excluded.fetched`,
    [app, account, JSON.stringify(facts), JSON.stringify(marksOf(facts)), facts.asOf],
  )
}

export async function findSnapshot(database: Queries, { app, account }: AccountKey): Promise<Account | undefined> {
  const [row] = await database.query('select facts from snapshots where app = $1 and account = $2', [app, account])
  return row && SnapshotRow.parse(row).facts
}

/** What an account can be found by; sorted, so that the same facts write the same. */
function marksOf({ method, subscriptions, openInvoices }: Account): readonly string[] {
  const methods = [
    method,
    ...subscriptions.map((subscription) => subscription.method),
    ...openInvoices.flatMap((invoice) => [invoice.method, invoice.payment.method, invoice.payment.error?.method]),
  ]
  const marks = [
    ...subscriptions.flatMap(({ id, items }) => [id, ...items.map((item) => item.id)]),
    ...openInvoices.flatMap(({ id, number }) => (number === undefined ? [id] : [id, number.toLowerCase()])),
    ...methods.flatMap(marksOfMethod),
  ]
  return [...new Set(marks)].toSorted()
}

function marksOfMethod(method: Method | undefined): readonly string[] {
  if (!method) return []
  const mark = markOf(method)
  return mark === undefined ? [method.id] : [method.id, mark]
}
