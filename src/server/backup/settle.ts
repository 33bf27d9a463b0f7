import type { Outcome } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import { findAccount, type AccountKey } from '#server/store/accounts.ts'
import { wasPaidByHand } from '#server/store/attempts.ts'
import {
  findOpenBackupCharges,
  settleBackupCharge,
  type BackupChargeRecord,
  type BackupState,
} from '#server/store/backup-charges.ts'
import { findBackup } from '#server/store/backup-methods.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { readLastCharge } from '#server/stripe/last-charge.ts'
import { pay } from './pay.ts'
import { tellOfBackup } from './tell.ts'

/** Seconds until another look: at silence, and at money that is on its way. */
const AGAIN = 60
const ON_ITS_WAY = 3_600
/** Stripe knows a key for a day at least (https://docs.stripe.com/api/idempotent_requests): so long, asking again is safe. */
const KEY_SECONDS = 23 * 3_600
/** Nothing that was asked for is still on its way to Stripe after this. */
const ARRIVED = 3_600

/** Writes down what came of it by Stripe's word at this moment, and tells who pays: once, whoever sees it first. */
export async function settle(hands: Hands, charge: BackupChargeRecord, outcome: Outcome): Promise<void> {
  const state = await stateAfter(hands, charge, outcome)
  await write(hands, charge, state)
}

/** What came of earlier ones that had no end: after a crash, a silence, or while a bank takes its time. */
export async function settleOpen(hands: Hands, key: AccountKey): Promise<void> {
  for (const charge of await findOpenBackupCharges(hands.database, key)) {
    const state = (await readState(hands, charge)) ?? (await askAgain(hands, charge))
    await write(hands, charge, state)
  }
}

async function write(hands: Hands, charge: BackupChargeRecord, state: BackupState): Promise<void> {
  const { database, now } = hands
  const waits = { unknown: AGAIN, calling: AGAIN, processing: ON_ITS_WAY }[state as string]
  await database.transaction(async (queries) => {
    const due = waits === undefined ? {} : { due: now() + waits }
    const isNews = await settleBackupCharge(queries, charge, { state, now: now(), ...due })
    if (isNews && state !== charge.state) await tellOfBackup(hands, queries, { ...charge, state })
  })
  hands.airlock.forget(charge)
}

const states: Readonly<Partial<Record<Outcome['kind'], BackupState>>> = {
  declined: 'declined',
  refused: 'declined',
  processing: 'processing',
  stale: 'unneeded',
}

async function stateAfter(hands: Hands, charge: BackupChargeRecord, outcome: Outcome): Promise<BackupState> {
  const known = states[outcome.kind]
  if (known) return known
  if (outcome.kind === 'unknown') return 'unknown'
  try {
    return (await readState(hands, charge)) ?? 'unknown'
  } catch (error) {
    if (error instanceof StripeUnreachable) return 'unknown'
    throw error
  }
}

/** By what Stripe says now; undefined where nothing of it can be seen there. Throws StripeUnreachable. */
async function readState({ database, stripe }: Hands, charge: BackupChargeRecord): Promise<BackupState | undefined> {
  const { backup, invoice: id } = charge
  const last = await readLastCharge(stripe, id)
  if (!last) return 'unneeded'
  const isOurs = last.charge?.method === backup.id
  const { status, payment } = last.invoice
  if (status === 'paid') {
    const byHand = await wasPaidByHand(database, charge, { invoice: id, method: backup.id, since: charge.created })
    return isOurs && last.charge?.status === 'succeeded' && !byHand ? 'paid' : 'unneeded'
  }
  if (status !== 'open') return 'unneeded'
  if (payment.state === 'processing' || payment.state === 'succeeded') return isOurs ? 'processing' : 'unneeded'
  const wantsPerson = payment.state === 'requires_action' && payment.method?.id === backup.id
  if (wantsPerson || payment.error?.method?.id === backup.id) return 'declined'
  return payment.error?.method?.id === charge.failed.id ? undefined : 'unneeded'
}

/** Stripe shows nothing of it: asked again under the same key, which never pays twice, while the consent stands. */
async function askAgain(hands: Hands, charge: BackupChargeRecord): Promise<BackupState> {
  const { database, now } = hands
  const age = now() - charge.created
  const [consent, record] = await Promise.all([findBackup(database, charge), findAccount(database, charge)])
  const stands = consent?.method === charge.backup.id && consent.given === charge.given
  if (!stands || record?.customer === undefined) return age > ARRIVED ? 'unneeded' : 'unknown'
  if (age > KEY_SECONDS) return 'unneeded'
  return stateAfter(hands, charge, await pay(hands, charge, record.customer))
}
