import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

/** One member's request to another; both are the app's member ids. */
export type AskRecord = AccountKey & {
  readonly id: string
  readonly check?: string
  readonly asker: string
  readonly asked: string
  readonly tokenHash: string
  /** The letter's id. */
  readonly mail: string
  readonly created: number
  readonly expires: number
  readonly opened?: number
  readonly lifted?: number
}

const instant = z.union([z.null(), z.coerce.number()]).transform((value) => value ?? undefined)

const AskRow = z
  .object({
    app: z.string(),
    account: z.string(),
    id: z.string(),
    check_id: z
      .string()
      .nullable()
      .transform((value) => value ?? undefined),
    asker: z.string(),
    asked: z.string(),
    token_hash: z.string(),
    mail: z.string(),
    created: z.coerce.number(),
    expires: z.coerce.number(),
    opened: instant,
    lifted: instant,
  })
  .transform(({ check_id: check, token_hash: tokenHash, ...ask }) => compact({ ...ask, check, tokenHash }))

export async function insertAsk(queries: Queries, ask: AskRecord): Promise<void> {
  await queries.query(
    `insert into asks (app, account, id, check_id, asker, asked, token_hash, mail, created, expires)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ask.app,
      ask.account,
      ask.id,
      ask.check ?? null,
      ask.asker,
      ask.asked,
      ask.tokenHash,
      ask.mail,
      ask.created,
      ask.expires,
    ],
  )
}

export async function findAsk(database: Queries, key: AccountKey, id: string): Promise<AskRecord | undefined> {
  const [row] = await database.query('select * from asks where app = $1 and account = $2 and id = $3', [
    key.app,
    key.account,
    id,
  ])
  return row && parseAsk(row)
}

export async function findAskByToken(database: Queries, tokenHash: string): Promise<AskRecord | undefined> {
  const [row] = await database.query('select * from asks where token_hash = $1', [tokenHash])
  return row && parseAsk(row)
}

/** What this person has asked for since `since`, newest first, with how each letter fared. */
export async function findAsksOf(
  database: Queries,
  { app, account }: AccountKey,
  asker: string,
  since: number,
): Promise<readonly { ask: AskRecord; mail: 'queued' | 'sent' | 'failed' }[]> {
  const rows = await database.query(
    `select asks.*, mails.state as mail_state from asks
     join mails on mails.app = asks.app and mails.account = asks.account and mails.id = asks.mail
     where asks.app = $1 and asks.account = $2 and asks.asker = $3 and asks.created > $4
     order by asks.created desc, asks.id`,
    [app, account, asker, since],
  )
  return rows.map((row) => ({
    ask: parseAsk(row),
    mail: z.enum(['queued', 'sent', 'failed']).parse(row['mail_state']),
  }))
}

/** True for the first who opens it. */
export async function openAsk(database: Queries, { app, account, id }: AskRecord, now: number): Promise<boolean> {
  const rows = await database.query(
    'update asks set opened = $4 where app = $1 and account = $2 and id = $3 and opened is null returning id',
    [app, account, id, now],
  )
  return rows.length > 0
}

/** What was asked for is mended: for this refusal, and for whatever this person asked for. */
export async function liftAsks(
  database: Queries,
  { app, account }: AccountKey,
  { check, asker, now }: { check: string | undefined; asker: string; now: number },
): Promise<void> {
  await database.query(
    `update asks set lifted = $5 where app = $1 and account = $2 and lifted is null
     and (check_id = $3 or asker = $4)`,
    [app, account, check ?? null, asker, now],
  )
}

function parseAsk(row: Row): AskRecord {
  return AskRow.parse(row)
}
