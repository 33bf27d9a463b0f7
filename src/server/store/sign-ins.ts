import { RoleSchema } from '#contract/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import type { Queries, Row } from './database.ts'

/** One person's try to sign in by letter; nobody knows yet whether anybody is known by the address. */
export type SignInRecord = {
  /** SHA-256 of the secret in the browser that asked. */
  readonly hash: string
  /** What the code is made from, and the letter's subject. */
  readonly id: string
  readonly email: string
  /** Where they want to go: an app, or one of its accounts. */
  readonly app?: string
  readonly account?: string
  readonly tries: number
  readonly created: number
  readonly expires: number
  readonly proven?: number
}

const SignInRow = z.object({
  hash: z.string(),
  id: z.string(),
  email: z.string(),
  app: z.string().nullable(),
  account: z.string().nullable(),
  tries: z.coerce.number(),
  created: z.coerce.number(),
  expires: z.coerce.number(),
  proven: z.union([z.null(), z.coerce.number()]),
})

/** `answered`: its letter is written already. */
type NewSignIn = Omit<SignInRecord, 'tries' | 'proven'> & { readonly answered?: number }

export async function insertSignIn(
  database: Queries,
  { hash, id, email, app, account, created, expires, answered }: NewSignIn,
): Promise<void> {
  await database.query(
    `insert into sign_ins (hash, id, email, app, account, created, expires, answered)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [hash, id, email, app ?? null, account ?? null, created, expires, answered ?? null],
  )
}

/** The living one of this browser. */
export async function findSignIn(database: Queries, hash: string, now: number): Promise<SignInRecord | undefined> {
  const [row] = await database.query('select * from sign_ins where hash = $1 and expires > $2', [hash, now])
  return row && parse(row)
}

/** For its letter: undefined once the code opens nothing any more. */
export async function findSignInById(database: Queries, id: string, now: number): Promise<SignInRecord | undefined> {
  const [row] = await database.query('select * from sign_ins where id = $1 and expires > $2 and proven is null', [
    id,
    now,
  ])
  return row && parse(row)
}

/** Takes one of the tries before the code is looked at, so that many at once are counted too; undefined when none is left. */
export async function takeSignInTry(
  database: Queries,
  hash: string,
  { tries, now }: { tries: number; now: number },
): Promise<SignInRecord | undefined> {
  const [row] = await database.query(
    `update sign_ins set tries = tries + 1
     where hash = $1 and tries < $2 and expires > $3 and proven is null returning *`,
    [hash, tries, now],
  )
  return row && parse(row)
}

/** True for the first who brings the right code. The choice of an account may take until `expires`. */
export async function proveSignIn(
  database: Queries,
  hash: string,
  { now, expires }: { now: number; expires: number },
): Promise<boolean> {
  const rows = await database.query(
    'update sign_ins set proven = $2, expires = $3 where hash = $1 and proven is null returning hash',
    [hash, now, expires],
  )
  return rows.length > 0
}

/** True for whoever ends it: one try to sign in opens one session. */
export async function deleteSignIn(database: Queries, hash: string): Promise<boolean> {
  return (await database.query('delete from sign_ins where hash = $1 returning hash', [hash])).length > 0
}

export async function forgetSignIns(database: Queries, now: number): Promise<void> {
  await database.query('delete from sign_ins where expires <= $1', [now])
}

export async function findSignInsToAnswer(
  database: Queries,
  now: number,
  limit: number,
): Promise<readonly SignInRecord[]> {
  const rows = await database.query(
    'select * from sign_ins where answered is null and expires > $1 order by created limit $2',
    [now, limit],
  )
  return rows.map(parse)
}

/** True for one process only. */
export async function markSignInAnswered(database: Queries, id: string, now: number): Promise<boolean> {
  const rows = await database.query(
    'update sign_ins set answered = $2 where id = $1 and answered is null returning id',
    [id, now],
  )
  return rows.length > 0
}

/** An account of a person, as their app says. */
export type Membership = {
  readonly app: string
  readonly account: string
  readonly label: string
  readonly member: string
  readonly role: z.infer<typeof RoleSchema>
  readonly email: string
}

const MembershipRow = z.object({
  app: z.string(),
  account: z.string(),
  label: z.string(),
  member: z.string(),
  role: RoleSchema,
  email: z.string(),
})

/** All accounts in which somebody has this address, in whatever case it is written. */
export async function findMemberships(database: Queries, email: string): Promise<readonly Membership[]> {
  const rows = await database.query(
    `select members.app, members.account, accounts.label, members.member, members.role,
       members.email
     from members join accounts on accounts.app = members.app and accounts.account = members.account
     where lower(members.email) = lower($1) order by accounts.label, members.app, members.account, members.member
     limit 200`,
    [email],
  )
  return rows.map((row) => MembershipRow.parse(row))
}

function parse(row: Row): SignInRecord {
  const { app, account, proven, ...signIn } = SignInRow.parse(row)
  return {
    ...signIn,
    ...compact({ app: app ?? undefined, account: account ?? undefined, proven: proven ?? undefined }),
  }
}
