import { StaffRoleSchema, type StaffRole } from '#contract/staff.ts'
import { z } from 'zod'
import type { Queries } from './database.ts'

/** Somebody of the merchant's support, signed in. Instants are unix seconds. */
export type StaffSessionRecord = {
  readonly hash: string
  /** It opens nothing. */
  readonly id: string
  /** The identity provider's `sub`. */
  readonly staff: string
  readonly name: string
  readonly role: StaffRole
  readonly created: number
  readonly seen: number
  readonly idToken: string
}

const StaffSessionRow = z
  .object({
    hash: z.string(),
    id: z.string(),
    staff: z.string(),
    name: z.string(),
    role: StaffRoleSchema,
    created: z.coerce.number(),
    seen: z.coerce.number(),
    id_token: z.string(),
  })
  .transform(({ id_token: idToken, ...session }): StaffSessionRecord => ({ ...session, idToken }))

export async function insertStaffSession(database: Queries, session: StaffSessionRecord): Promise<void> {
  const { hash, id, staff, name, role, created, seen, idToken } = session
  await database.query(
    `insert into staff_sessions (hash, id, staff, name, role, created, seen, id_token)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [hash, id, staff, name, role, created, seen, idToken],
  )
}

export async function findStaffSession(database: Queries, hash: string): Promise<StaffSessionRecord | undefined> {
  const [row] = await database.query('select * from staff_sessions where hash = $1', [hash])
  return row && StaffSessionRow.parse(row)
}

export async function touchStaffSession(database: Queries, hash: string, now: number): Promise<void> {
  await database.query('update staff_sessions set seen = $2 where hash = $1', [hash, now])
}

export async function deleteStaffSession(database: Queries, hash: string): Promise<void> {
  await database.query('delete from staff_sessions where hash = $1', [hash])
}

export async function deleteStaffSessionsBefore(database: Queries, created: number): Promise<void> {
  await database.query('delete from staff_sessions where created <= $1', [created])
}

/** A sign-in on its way to the identity provider and back. */
export type StaffSignIn = {
  readonly hash: string
  readonly state: string
  readonly nonce: string
  /** Of PKCE (RFC 7636). */
  readonly verifier: string
  /** The path they wanted. */
  readonly wanted: string
  readonly created: number
}

const StaffSignInRow = z.object({
  hash: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  wanted: z.string(),
  created: z.coerce.number(),
})

/** Those that were begun before `stale` are forgotten with it. */
export async function insertStaffSignIn(database: Queries, begun: StaffSignIn, stale: number): Promise<void> {
  const { hash, state, nonce, verifier, wanted, created } = begun
  await database.query('delete from staff_sign_ins where created <= $1', [stale])
  await database.query(
    'insert into staff_sign_ins (hash, state, nonce, verifier, wanted, created) values ($1, $2, $3, $4, $5, $6)',
    [hash, state, nonce, verifier, wanted, created],
  )
}

/** Found once: the second who comes with the same secret finds nothing. */
export async function takeStaffSignIn(database: Queries, hash: string): Promise<StaffSignIn | undefined> {
  const [row] = await database.query('delete from staff_sign_ins where hash = $1 returning *', [hash])
  return row && StaffSignInRow.parse(row)
}
