import { DebtSchema } from '#contract/diagnosis.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

/** One payment that somebody without a login may make, as it stood when a payer made the link. */
export type GuestLinkRecord = AccountKey & {
  readonly id: string
  readonly tokenHash: string
  /** The member who made it. */
  readonly maker: string
  readonly fix: string
  readonly debt: Debt
  readonly email?: string
  readonly note?: string
  readonly keepsCard: boolean
  readonly created: number
  readonly expires: number
  readonly opened?: number
  readonly used?: number
  readonly revoked?: number
}

const text = z
  .string()
  .nullable()
  .transform((value) => value ?? undefined)
const instant = z.union([z.null(), z.coerce.number()]).transform((value) => value ?? undefined)

const GuestLinkRow = z
  .object({
    app: z.string(),
    account: z.string(),
    id: z.string(),
    token_hash: z.string(),
    maker: z.string(),
    fix: z.string(),
    debt: DebtSchema,
    email: text,
    note: text,
    keeps_card: z.boolean(),
    created: z.coerce.number(),
    expires: z.coerce.number(),
    opened: instant,
    used: instant,
    revoked: instant,
  })
  .transform(({ token_hash: tokenHash, keeps_card: keepsCard, ...link }) => compact({ ...link, tokenHash, keepsCard }))

export async function insertGuestLink(queries: Queries, link: GuestLinkRecord): Promise<void> {
  await queries.query(
    `insert into guest_links (app, account, id, token_hash, maker, fix, debt, email, note, keeps_card, created, expires)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      link.app,
      link.account,
      link.id,
      link.tokenHash,
      link.maker,
      link.fix,
      JSON.stringify(link.debt),
      link.email ?? null,
      link.note ?? null,
      link.keepsCard,
      link.created,
      link.expires,
    ],
  )
}

export async function findGuestLink(
  database: Queries,
  { app, account }: AccountKey,
  id: string,
): Promise<GuestLinkRecord | undefined> {
  const [row] = await database.query('select * from guest_links where app = $1 and account = $2 and id = $3', [
    app,
    account,
    id,
  ])
  return row && parseLink(row)
}

export async function findGuestLinkByToken(database: Queries, tokenHash: string): Promise<GuestLinkRecord | undefined> {
  const [row] = await database.query('select * from guest_links where token_hash = $1', [tokenHash])
  return row && parseLink(row)
}

/** Those that still open, newest first. */
export async function findOpenGuestLinks(
  database: Queries,
  { app, account }: AccountKey,
  now: number,
): Promise<readonly GuestLinkRecord[]> {
  const rows = await database.query(
    `select * from guest_links where app = $1 and account = $2 and used is null and revoked is null and expires > $3
     order by created desc, id limit 50`,
    [app, account, now],
  )
  return rows.map(parseLink)
}

export async function countGuestLinks(database: Queries, { app, account }: AccountKey, since: number): Promise<number> {
  const [row] = await database.query(
    'select count(*)::int as links from guest_links where app = $1 and account = $2 and created > $3',
    [app, account, since],
  )
  return z.object({ links: z.coerce.number() }).parse(row).links
}

type Moment = 'opened' | 'used' | 'revoked'

/** Writes down when it was first opened, used or revoked. */
export async function markGuestLink(
  database: Queries,
  { app, account, id }: AccountKey & { id: string },
  moment: Moment,
  now: number,
): Promise<void> {
  await database.query(
    `update guest_links set ${moment} = coalesce(${moment}, $4) where app = $1 and account = $2 and id = $3`,
    [app, account, id, now],
  )
}

/** All that still open: how many there were. */
export async function revokeGuestLinks(queries: Queries, { app, account }: AccountKey, now: number): Promise<number> {
  const rows = await queries.query(
    `update guest_links set revoked = $3
     where app = $1 and account = $2 and used is null and revoked is null and expires > $3 returning id`,
    [app, account, now],
  )
  return rows.length
}

function parseLink(row: Row): GuestLinkRecord {
  return GuestLinkRow.parse(row)
}
