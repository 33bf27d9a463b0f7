import { LetterSchema, type Letter } from '#server/mail/letter.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

const purposes = ['ask', 'guest', 'sign_in', 'usage', 'invite', 'details', 'backup', 'support'] as const
type MailPurpose = (typeof purposes)[number]

export type MailRecord = AccountKey & {
  readonly id: string
  readonly recipient: string
  readonly letter: Letter
  /** What its link or code opens, and which: the link itself is made when the letter is sent. */
  readonly purpose: MailPurpose
  readonly subject: string
  readonly tries: number
  readonly created: number
}

const MailRow = z
  .object({
    app: z.string(),
    account: z.string(),
    id: z.string(),
    recipient: z.string(),
    letter: LetterSchema,
    purpose: z.enum(purposes),
    subject_id: z.string(),
    tries: z.coerce.number(),
    created: z.coerce.number(),
  })
  .transform(({ subject_id: subject, ...mail }) => ({ ...mail, subject }))

/** To be sent; in the same transaction as what it is about. */
export async function insertMail(queries: Queries, mail: Omit<MailRecord, 'tries'>): Promise<void> {
  await queries.query(
    `insert into mails (app, account, id, recipient, letter, purpose, subject_id, due, created, updated)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8)`,
    [
      mail.app,
      mail.account,
      mail.id,
      mail.recipient,
      JSON.stringify(mail.letter),
      mail.purpose,
      mail.subject,
      mail.created,
    ],
  )
}

/** Takes what is due for one try. Nobody else takes it before `until`, when its outcome counts as unknown. */
export async function claimMails(
  database: Queries,
  now: number,
  until: number,
  limit: number,
): Promise<readonly MailRecord[]> {
  const rows = await database.query(
    `update mails set tries = tries + 1, due = $2, updated = $1 where state = 'queued' and (app, account, id) in (
       select app, account, id from mails where state = 'queued' and due <= $1 order by due limit $3
       for update skip locked
     ) returning *`,
    [now, until, limit],
  )
  return rows.map((row) => MailRow.parse(row))
}

type MailKey = AccountKey & { readonly id: string }

export async function finishMail(
  database: Queries,
  { app, account, id }: MailKey,
  { state, error, now }: { state: 'sent' | 'failed'; error?: string; now: number },
): Promise<void> {
  await database.query(
    'update mails set state = $4, error = $5, updated = $6 where app = $1 and account = $2 and id = $3',
    [app, account, id, state, error ?? null, now],
  )
}

/** To be tried again after 15 seconds, then twice as long each time, at most an hour. */
export async function postponeMail(
  database: Queries,
  { app, account, id }: MailKey,
  { error, now }: { error: string; now: number },
): Promise<void> {
  await database.query(
    `update mails set error = $4, updated = $5, due = $5 + least(15 * power(2, least(tries - 1, 10)), 3600)::bigint
     where app = $1 and account = $2 and id = $3`,
    [app, account, id, error, now],
  )
}
