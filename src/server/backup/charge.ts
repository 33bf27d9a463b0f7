import { hasExpired, type Method } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Hands } from '#server/context.ts'
import type { AccountKey } from '#server/store/accounts.ts'
import { BACKUP_DEED, beginAttempt, hasUnsettled, noteMethod } from '#server/store/attempts.ts'
import { insertBackupCharge, type BackupChargeRecord } from '#server/store/backup-charges.ts'
import { dropBackup, findBackup, settleBackupDue, type BackupRecord } from '#server/store/backup-methods.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { readLastCharge } from '#server/stripe/last-charge.ts'
import { readHoldings } from '#server/stripe/saved-methods.ts'
import { sha256 } from '#server/token.ts'
import { canPayFor, failedCharges, isMoneyMoving, type Failed } from './eligible.ts'
import { pay } from './pay.ts'
import { settle, settleOpen } from './settle.ts'

/** Seconds until another look while money is on its way, or a person is paying. */
const WAIT = 3_600
/** A person's payment that nobody knows the end of is waited for this long. */
const PERSON = 86_400
/** An older failure is charged by surprise. */
const FRESH = 3 * 86_400
/** When a charge is looked at again whose outcome could not be written down. */
const SOON = 60

/**
 * Charges the backup for what was declined, by the consent that was given before: each invoice once, oldest first, as
 * long as one goes through. To be called under the account's lock. Everything is read anew; what cannot be known now is
 * looked at later. Throws StripeUnreachable.
 */
export async function seeToBackup(hands: Hands, key: AccountKey): Promise<void> {
  await settleOpen(hands, key)
  const consent = await findBackup(hands.database, key)
  if (consent?.due === undefined || consent.due > hands.now()) return
  const next = (await chargeFailed(hands, consent)) === 'wait' ? hands.now() + WAIT : undefined
  await settleBackupDue(hands.database, consent, next)
}

async function chargeFailed(hands: Hands, consent: BackupRecord): Promise<'seen' | 'wait'> {
  const { database, now } = hands
  const reading = await hands.airlock.read(consent, { fresh: true })
  const customer = reading?.record.customer
  if (!reading || customer === undefined) return 'seen'
  if (reading.facts.source !== 'live') throw new StripeUnreachable('no answer')
  // Charged first by now: there is nothing that it would stand in for.
  if (reading.facts.method?.id === consent.method) await dropBackup(database, consent, consent.method)
  const failed = failedCharges(reading.facts, consent.method)
  if (failed.length === 0) return 'seen'
  if (isMoneyMoving(reading.facts) || (await hasUnsettled(database, consent, now() - PERSON))) return 'wait'
  const backup = await backupOf(hands, consent, customer)
  if (!backup) return 'seen'
  for (const one of failed.filter((candidate) => canPayFor(backup, candidate))) {
    const charge = await begin(hands, consent, { ...one, backup })
    if (!charge) continue
    const outcome = await pay(hands, charge, customer)
    await settle(hands, charge, outcome)
    // Whatever kept it from paying this one would keep it from the next.
    if (outcome.kind !== 'done') break
  }
  return 'seen'
}

/** The method as it is now; one that is gone takes the consent with it, one that has expired waits to be replaced. */
async function backupOf({ database, stripe, now }: Hands, consent: BackupRecord, customer: string) {
  const holding = (await readHoldings(stripe, customer)).find(({ method }) => method.id === consent.method)
  if (!holding) await dropBackup(database, consent, consent.method)
  return holding && !holding.blocked && !hasExpired(holding.method, now()) ? holding.method : undefined
}

/**
 * Writes down that this invoice is charged, before it is; undefined where it is not: the decline is older than the
 * consent (which covers charges that are made after it), or is over, or the backup was charged for it before.
 */
async function begin(
  { database, stripe, now }: Hands,
  consent: BackupRecord,
  { invoice: { id }, method: failed, backup }: Failed & { readonly backup: Method },
): Promise<BackupChargeRecord | undefined> {
  const last = await readLastCharge(stripe, id)
  if (!last) return undefined
  const { invoice, charge } = last
  const stillFails =
    invoice.status === 'open' &&
    invoice.payment.state === 'requires_payment_method' &&
    invoice.payment.error?.method?.id === failed.id &&
    charge?.status === 'failed' &&
    charge.method === failed.id
  if (!stillFails || charge.at <= consent.given || now() - charge.at > FRESH) return undefined
  const { app, account, given, method } = consent
  const record = {
    app,
    account,
    invoice: id,
    amount: { amount: invoice.remaining, currency: invoice.currency },
    failed,
    backup,
    given,
    attempt: sha256(`backup ${app} ${account} ${id}`),
    created: now(),
    ...compact({ number: invoice.number }),
  }
  const request = { with: { method }, plan: { invoices: [id], total: record.amount } }
  return database.transaction(async (queries) => {
    // Taken back meanwhile, or given anew for another one: then this is nobody's wish.
    const standing = await findBackup(queries, consent)
    if (standing?.method !== method || standing.given !== given) return undefined
    if (!(await insertBackupCharge(queries, record, now() + SOON))) return undefined
    await beginAttempt(queries, { app, account, key: record.attempt, deed: BACKUP_DEED, request }, now())
    await noteMethod(queries, { app, account, key: record.attempt }, backup)
    return { ...record, state: 'calling' as const, updated: now() }
  })
}
