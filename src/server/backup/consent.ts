import type { BackupCharge } from '#contract/backup.ts'
import type { BackupAnswer, BackupRequest, MethodsPage, SavedMethod } from '#contract/methods.ts'
import { compact } from '#diagnosis/compact.ts'
import { withAccountLock } from '#server/account-lock.ts'
import type { Reading } from '#server/account.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { requirePayer } from '#server/fixes/deed.ts'
import { readSaved } from '#server/methods/saved.ts'
import { payingRoles } from '#server/paying-roles.ts'
import { findBackupCharge, findLastBackupCharge, type BackupChargeRecord } from '#server/store/backup-charges.ts'
import { dropBackup, findBackup, saveBackup } from '#server/store/backup-methods.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import type { SessionRecord } from '#server/store/sessions.ts'

/** What was told once need not be told for ever. */
const TOLD_SECONDS = 14 * 86_400

/**
 * Agrees that this method is charged when an automatic charge to another one is declined, from now on: what was declined
 * before stays as it is. Throws ApiError not-allowed, in-progress, StripeUnreachable.
 */
export async function agreeToBackup(
  hands: Hands,
  session: SessionRecord,
  { method, covers }: BackupRequest,
): Promise<BackupAnswer> {
  const payer = await requirePayer(hands, session)
  if (payer.guest) throw new ApiError('not-allowed')
  return withAccountLock(hands, session, async () => {
    const reading = (await hands.airlock.read(session, { fresh: true })) ?? payer
    const saved = await readSaved(hands, reading)
    if (!saved.some((one) => one.method.id === method && one.backs)) return { kind: 'unfit' }
    if (coveredBy(saved, method).toSorted().join(' ') !== covers.toSorted().join(' ')) return { kind: 'stale' }
    const { app, account, member } = session
    await saveBackup(hands.database, { app, account, method, member, given: hands.now() })
    return { kind: 'agreed' }
  })
}

/**
 * Takes it back. Nothing is charged any more from this moment on; a charge that is being made at this moment is waited
 * for, so that whoever reads the answer sees it. Throws ApiError not-allowed.
 */
export async function withdrawBackup(hands: Hands, session: SessionRecord): Promise<void> {
  if (!payingRoles.includes(session.role)) throw new ApiError('not-allowed')
  await dropBackup(hands.database, session)
  await withAccountLock(hands, session, async () => {}).catch((error: unknown) => {
    if (!(error instanceof ApiError)) throw error
  })
}

/** What is charged by itself, this one aside. */
function coveredBy(saved: readonly SavedMethod[], method: string): readonly string[] {
  return saved
    .filter((one) => one.method.id !== method && (one.isDefault || one.plans.length > 0))
    .map((one) => one.method.id)
}

/** The backup as the page of payment methods shows it. Where the method is gone, or is the default by now, none is left. */
export async function backupOn(
  { database }: Hands,
  { record }: Reading,
  saved: readonly SavedMethod[],
): Promise<MethodsPage['backup']> {
  const backup = await findBackup(database, record)
  const held = backup && saved.find(({ method }) => method.id === backup.method)
  if (!backup) return undefined
  if (!held || held.isDefault) {
    await dropBackup(database, record, backup.method)
    return undefined
  }
  const by = record.members.find(({ id }) => id === backup.member)
  return { method: backup.method, given: backup.given, ...compact({ by: by?.name }) }
}

/** What became of this invoice's declined charge, where the backup was charged for it. */
export async function backupChargeOf({ database }: Hands, key: AccountKey, invoice: string) {
  const charge = await findBackupCharge(database, key, invoice)
  return charge && told(charge)
}

/** The newest one of the last two weeks. */
export async function lastBackupCharge({ database, now }: Hands, key: AccountKey) {
  const charge = await findLastBackupCharge(database, key, now() - TOLD_SECONDS)
  return charge && told(charge)
}

const states = {
  calling: 'checking',
  unknown: 'checking',
  processing: 'processing',
  paid: 'paid',
  declined: 'declined',
  unneeded: undefined,
} as const satisfies Record<BackupChargeRecord['state'], BackupCharge['state'] | undefined>

function told({ invoice, number, amount, failed, backup, state, created: at }: BackupChargeRecord) {
  const shown = states[state]
  return shown && { invoice, amount, failed, backup, at, state: shown, ...compact({ number }) }
}
