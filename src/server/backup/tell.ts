import type { Hands } from '#server/context.ts'
import { backupLetter } from '#server/mail/backup-letter.ts'
import { payingRoles } from '#server/paying-roles.ts'
import { findAccount } from '#server/store/accounts.ts'
import type { BackupChargeRecord } from '#server/store/backup-charges.ts'
import { findRecipients } from '#server/store/billing-recipients.ts'
import type { Queries } from '#server/store/database.ts'
import { insertMail } from '#server/store/mails.ts'
import { isSameAddress } from '#server/store/members.ts'
import { randomId } from '#server/token.ts'

/** Writes to everybody who pays, and to whom the account's billing letters go, with what it is about. */
export async function tellOfBackup(
  { config, now }: Hands,
  queries: Queries,
  charge: BackupChargeRecord,
): Promise<void> {
  const { app, account, state, invoice, number } = charge
  if (!config.mail || (state !== 'paid' && state !== 'processing' && state !== 'declined')) return
  const record = await findAccount(queries, charge)
  if (!record) return
  const payers = record.members.filter(({ role }) => payingRoles.includes(role))
  const all = [...payers, ...(await findRecipients(queries, charge)).map((email) => ({ email, name: undefined }))]
  const told = all.filter(({ email }, at) => all.findIndex((other) => isSameAddress(other.email, email ?? '')) === at)
  for (const { email: recipient, name: reader } of told) {
    if (recipient === undefined) continue
    const { amount, failed, backup } = charge
    const about = { account: record.label, reader, invoice: number, amount, failed, backup }
    await insertMail(queries, {
      app,
      account,
      id: randomId('mail_'),
      recipient,
      letter: backupLetter({ merchant: config.merchant.name, ...about, came: state }),
      purpose: 'backup',
      subject: invoice,
      created: now(),
    })
  }
}
