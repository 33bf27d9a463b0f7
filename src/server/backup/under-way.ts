import type { Account } from '#diagnosis/account.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import { findOpenBackupCharges } from '#server/store/backup-charges.ts'
import type { Queries } from '#server/store/database.ts'

/**
 * The same facts, in which an invoice that the backup is charged for, or was with an outcome that nobody knows yet, counts
 * as being paid: nobody is asked to pay it a second time meanwhile.
 */
export async function withBackupsUnderWay(database: Queries, key: AccountKey, facts: Account): Promise<Account> {
  if (facts.openInvoices.length === 0) return facts
  const charged = new Set((await findOpenBackupCharges(database, key)).map(({ invoice }) => invoice))
  if (charged.size === 0) return facts
  return {
    ...facts,
    openInvoices: facts.openInvoices.map((invoice) =>
      charged.has(invoice.id) ? { ...invoice, payment: { ...invoice.payment, state: 'processing' as const } } : invoice,
    ),
  }
}
