import type { Outcome } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import { payPlan } from '#server/fixes/pay-plan.ts'
import { settleAttempt } from '#server/store/attempts.ts'
import type { BackupChargeRecord } from '#server/store/backup-charges.ts'

/** By the same way as a person's click, with nobody there. The same charge once more only tells what came of it. */
export async function pay(hands: Hands, charge: BackupChargeRecord, customer: string): Promise<Outcome> {
  const { invoice, amount, backup, attempt } = charge
  const purse = { customer, method: backup.id, justSaved: false, unattended: true, key: attempt }
  const outcome = await payPlan(hands, { invoices: [invoice], total: amount }, purse)
  // The bank wants to see somebody. The invoice's own page leads there; nobody is asked in the background.
  const known: Outcome =
    outcome.kind === 'confirm' ? { kind: 'declined', decline: 'confirm', sameCardCanWork: true } : outcome
  await settleAttempt(hands.database, { ...charge, key: attempt }, known, hands.now())
  return known
}
