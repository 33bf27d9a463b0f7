import { OutcomeSchema, type Outcome } from '#contract/deed.ts'
import type { Method, PaymentError } from '#diagnosis/account.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

/** `calling`: Stripe may have been asked. `confirming`: the bank wants to see the person first. `known`: over. */
type Phase = 'calling' | 'confirming' | 'known' | 'unknown'

/** The deed of nobody: the backup is charged by the consent that somebody gave before. */
export const BACKUP_DEED = 'charge-backup'

export type AttemptRecord = AccountKey & {
  readonly key: string
  readonly deed: string
  readonly request: unknown
  readonly phase: Phase
  readonly outcome?: Outcome
  /** The link of the guest who intends it. */
  readonly guestLink?: string
  /** The refusal it is to mend. */
  readonly check?: string
  /** Who intends it, where it is no guest. */
  readonly member?: string
}

const AttemptRow = z.object({
  app: z.string(),
  account: z.string(),
  key: z.string(),
  deed: z.string(),
  request: z.unknown(),
  phase: z.enum(['calling', 'confirming', 'known', 'unknown']),
  outcome: OutcomeSchema.nullable(),
  guest_link: z.string().nullable(),
  check_id: z.string().nullable(),
})

/** The attempt with this key: the one that was there, or this one, now written down. */
export async function beginAttempt(
  database: Queries,
  { app, account, key, deed, request, guestLink, check, member }: Omit<AttemptRecord, 'phase' | 'outcome'>,
  now: number,
): Promise<{ attempt: AttemptRecord; isNew: boolean }> {
  const inserted = await database.query(
    `insert into attempts (app, account, key, deed, request, phase, created, updated, guest_link, check_id, member)
     values ($1, $2, $3, $4, $5, 'calling', $6, $6, $7, $8, $9) on conflict do nothing returning *`,
    [app, account, key, deed, JSON.stringify(request), now, guestLink ?? null, check ?? null, member ?? null],
  )
  if (inserted[0]) return { attempt: parseAttempt(inserted[0]), isNew: true }
  const attempt = await findAttempt(database, { app, account, key })
  if (!attempt) throw new Error('the attempt vanished')
  return { attempt, isNew: false }
}

export async function findAttempt(
  database: Queries,
  { app, account, key }: AccountKey & { readonly key: string },
): Promise<AttemptRecord | undefined> {
  const [row] = await database.query('select * from attempts where app = $1 and account = $2 and key = $3', [
    app,
    account,
    key,
  ])
  return row && parseAttempt(row)
}

/** What came of it, as the customer may know it: the bank's own words are kept apart from it and go no further. */
export async function settleAttempt(
  database: Queries,
  { app, account, key }: AccountKey & { key: string },
  { said, ...outcome }: OutcomeHeard,
  now: number,
): Promise<Outcome> {
  await database.query(
    `update attempts set phase = $4, outcome = $5, updated = $6, said = coalesce($7, said)
     where app = $1 and account = $2 and key = $3`,
    [app, account, key, phaseOf(outcome), JSON.stringify(outcome), now, said ? JSON.stringify(wordsOf(said)) : null],
  )
  return outcome
}

/** An outcome with what the bank said. */
export type OutcomeHeard = Outcome & { readonly said?: PaymentError }

function wordsOf({ code, declineCode, adviceCode, networkAdviceCode }: PaymentError) {
  return {
    code,
    decline_code: declineCode,
    advice_code: adviceCode,
    network_advice_code: networkAdviceCode,
  }
}

/** Which card is charged, written down before it is. */
export async function noteMethod(
  database: Queries,
  { app, account, key }: AccountKey & { readonly key: string },
  { id, brand, last4, expMonth, expYear }: Method,
): Promise<void> {
  const card = { brand, last4, exp_month: expMonth, exp_year: expYear }
  await database.query('update attempts set method = $4, card = $5 where app = $1 and account = $2 and key = $3', [
    app,
    account,
    key,
    id,
    JSON.stringify(card),
  ])
}

/** Attempts with this card for the same refusal that were declined for good since then, newest first. */
export async function findDeclined(
  database: Queries,
  { app, account, key, check }: AttemptRecord,
  { method, since }: { method: string; since: number },
): Promise<readonly AttemptRecord[]> {
  const rows = await database.query(
    `select * from attempts where app = $1 and account = $2 and key <> $3 and check_id is not distinct from $4
     and method = $5 and updated > $6 and outcome ->> 'kind' = 'declined' and outcome ->> 'sameCardCanWork' = 'false'
     order by updated desc`,
    [app, account, key, check ?? null, method, since],
  )
  return rows.map(parseAttempt)
}

/**
 * The newest plan of these hands that stopped for the bank's check of this invoice, if any: its rest is still to be
 * paid. A guest never goes on with a member's plan, nor a member with a guest's.
 */
export async function findStoppedPlan(
  database: Queries,
  { app, account, guestLink }: AccountKey & { readonly guestLink?: string },
  invoice: string,
): Promise<AttemptRecord | undefined> {
  const [row] = await database.query(
    `select * from attempts where app = $1 and account = $2 and phase = 'confirming' and deed <> 'confirm-payment'
     and outcome ->> 'invoice' = $3 and guest_link is not distinct from $4 order by updated desc limit 1`,
    [app, account, invoice, guestLink ?? null],
  )
  return row && parseAttempt(row)
}

/** Whether a person's payment of this account, begun since then (unix seconds), has no end that anybody knows. */
export async function hasUnsettled(database: Queries, { app, account }: AccountKey, since: number): Promise<boolean> {
  const rows = await database.query(
    `select key from attempts where app = $1 and account = $2 and phase <> 'known' and updated > $3
     and deed <> '${BACKUP_DEED}' and (jsonb_exists(request, 'plan') or deed = 'confirm-payment') limit 1`,
    [app, account, since],
  )
  return rows.length > 0
}

/** Whether a person has paid this invoice with this method (Stripe's id) since then (unix seconds). */
export async function wasPaidByHand(
  database: Queries,
  { app, account }: AccountKey,
  { invoice, method, since }: { readonly invoice: string; readonly method: string; readonly since: number },
): Promise<boolean> {
  const rows = await database.query(
    `select key from attempts where app = $1 and account = $2 and deed <> '${BACKUP_DEED}' and method = $3
     and request -> 'plan' -> 'invoices' @> to_jsonb($4::text) and updated >= $5 and outcome ->> 'kind' = 'done' limit 1`,
    [app, account, method, invoice, since],
  )
  return rows.length > 0
}

function phaseOf({ kind }: Outcome): Phase {
  if (kind === 'confirm') return 'confirming'
  return kind === 'unknown' ? 'unknown' : 'known'
}

function parseAttempt(row: Row | undefined): AttemptRecord {
  const { outcome, guest_link: guestLink, check_id: check, ...attempt } = AttemptRow.parse(row)
  return {
    ...attempt,
    ...(outcome && { outcome }),
    ...(guestLink !== null && { guestLink }),
    ...(check !== null && { check }),
  }
}
