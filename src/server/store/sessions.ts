import { SessionRoleSchema, type SessionRole } from '#contract/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

type MemberKey = AccountKey & { readonly member: string }

export type SessionRecord = AccountKey & {
  readonly hash: string
  /** As its person and the account's owners see it; it opens nothing. */
  readonly id: string
  readonly member: string
  readonly role: SessionRole
  readonly created: number
  readonly seen: number
  /** How they came in: from the app, by a code, by a colleague's letter; guests by their link. */
  readonly how: 'app' | 'email' | 'letter' | 'link'
  /** The browser's own words, cut short. */
  readonly userAgent?: string
  /** When they last proved who they are. */
  readonly proved?: number
  /** The address whose letter they have read in this session, whatever the app says of them since. */
  readonly provedEmail?: string
  /** Support looks through this person's eyes: nothing is written down for it. Never stored. */
  readonly watched?: true
  /** The one link that a guest's session is bound to. */
  readonly guestLink?: string
  /** Where in the portal they were last. */
  readonly screen?: string
}

const SessionRow = z
  .object({
    hash: z.string(),
    id: z.string(),
    app: z.string(),
    account: z.string(),
    member: z.string(),
    role: SessionRoleSchema,
    created: z.coerce.number(),
    seen: z.coerce.number(),
    how: z.enum(['app', 'email', 'letter', 'link']),
    user_agent: z.string().nullable(),
    proved: z.union([z.null(), z.coerce.number()]),
    proved_email: z.string().nullable(),
    guest_link: z.string().nullable(),
    screen: z.string().nullable(),
  })
  .transform(({ guest_link, user_agent, proved, proved_email, screen, ...session }) =>
    compact({
      ...session,
      screen: screen ?? undefined,
      userAgent: user_agent ?? undefined,
      proved: proved ?? undefined,
      provedEmail: proved_email ?? undefined,
      guestLink: guest_link ?? undefined,
    }),
  )

export async function insertSession(database: Queries, session: SessionRecord): Promise<void> {
  await database.query(
    `insert into sessions (hash, id, app, account, member, role, created, seen, how, user_agent, proved, proved_email,
       guest_link)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      session.hash,
      session.id,
      session.app,
      session.account,
      session.member,
      session.role,
      session.created,
      session.seen,
      session.how,
      session.userAgent ?? null,
      session.proved ?? null,
      session.provedEmail ?? null,
      session.guestLink ?? null,
    ],
  )
}

export async function findSession(database: Queries, hash: string): Promise<SessionRecord | undefined> {
  const [row] = await database.query('select * from sessions where hash = $1', [hash])
  return row && SessionRow.parse(row)
}

export async function touchSession(database: Queries, hash: string, now: number): Promise<void> {
  await database.query('update sessions set seen = $2 where hash = $1', [hash, now])
}

/** True unless it is gone: nobody finds it under its old name from then on. */
export async function renameSession(
  database: Queries,
  hash: string,
  { to, proved, email }: { to: string; proved: number; email: string },
): Promise<boolean> {
  const rows = await database.query(
    'update sessions set hash = $2, proved = $3, seen = $3, proved_email = $4 where hash = $1 returning hash',
    [hash, to, proved, email],
  )
  return rows.length > 0
}

export async function deleteSession(database: Queries, hash: string): Promise<void> {
  await database.query('delete from sessions where hash = $1', [hash])
}

/** Of everybody in the account who may still be in: seen and begun after these instants. The one seen last comes first. */
export async function findSessionsOfAccount(
  database: Queries,
  { app, account }: AccountKey,
  after: { seen: number; created: number },
): Promise<readonly SessionRecord[]> {
  const rows = await database.query(
    `select * from sessions where app = $1 and account = $2 and seen > $3 and created > $4
     order by seen desc, created desc, id`,
    [app, account, after.seen, after.created],
  )
  return rows.map((row) => SessionRow.parse(row))
}

/** True when it was one of this member's. */
export async function deleteSessionById(
  database: Queries,
  { app, account, member }: MemberKey,
  id: string,
): Promise<boolean> {
  const rows = await database.query(
    'delete from sessions where app = $1 and account = $2 and member = $3 and id = $4 returning id',
    [app, account, member, id],
  )
  return rows.length > 0
}

export async function deleteSessionsOfMember(database: Queries, { app, account, member }: MemberKey): Promise<void> {
  await database.query('delete from sessions where app = $1 and account = $2 and member = $3', [app, account, member])
}

export async function deleteSessionsOfAccount(database: Queries, { app, account }: AccountKey): Promise<void> {
  await database.query('delete from sessions where app = $1 and account = $2', [app, account])
}

/** Of everybody, of all guests or of one member: how many there were. */
export async function deleteSessionsOf(
  queries: Queries,
  { app, account }: AccountKey,
  who: { readonly kind: 'everybody' | 'guests' } | { readonly kind: 'member'; readonly member: string },
): Promise<number> {
  const rows = await queries.query(
    `delete from sessions where app = $1 and account = $2
     and case $3 when 'guests' then role = 'guest' when 'member' then role <> 'guest' and member = $4 else true end
     returning id`,
    [app, account, who.kind, who.kind === 'member' ? who.member : ''],
  )
  return rows.length
}

export async function deleteSessionsBefore(database: Queries, created: number): Promise<void> {
  await database.query('delete from sessions where created <= $1', [created])
}

/** True for the first caller with this ticket, for ever false afterwards. */
export async function redeemTicket(
  database: Queries,
  key: AccountKey,
  ticket: { jti: string; check: string | undefined; sessionHash: string; expires: number },
): Promise<boolean> {
  const rows = await database.query(
    `insert into used_tickets (app, account, jti, check_id, session_hash, expires) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning jti`,
    [key.app, key.account, ticket.jti, ticket.check ?? null, ticket.sessionHash, ticket.expires],
  )
  return rows.length > 0
}

/** The check that a used ticket led to. */
export async function findTicketUse(
  database: Queries,
  key: AccountKey,
  jti: string,
): Promise<{ check?: string } | undefined> {
  const [row] = await database.query('select check_id from used_tickets where app = $1 and account = $2 and jti = $3', [
    key.app,
    key.account,
    jti,
  ])
  if (!row) return undefined
  const { check_id } = z.object({ check_id: z.string().nullable() }).parse(row)
  return check_id === null ? {} : { check: check_id }
}
