import { MemberSchema, RoleSchema, type Member, type Role } from '#contract/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

export type MemberRecord = Member & {
  /** What the app last said; absent for whoever was invited here. */
  readonly toldRole?: Role
  /** Unix seconds; absent once they came. */
  readonly invited?: number
  readonly invitedBy?: string
}

/** Somebody whom an owner removed and the app named in this role. */
type Removed = { readonly id: string; readonly toldRole: Role }

const MemberRow = z
  .object({
    id: z.string(),
    role: RoleSchema,
    name: z.string().nullable(),
    email: z.string().nullable(),
    told_role: RoleSchema.nullable(),
    invited: z.union([z.null(), z.coerce.number()]),
    invited_by: z.string().nullable(),
  })
  .transform(({ name, email, told_role, invited, invited_by, ...rest }): MemberRecord => ({
    ...MemberSchema.parse({ ...rest, ...compact({ name: name ?? undefined, email: email ?? undefined }) }),
    ...compact({
      toldRole: told_role ?? undefined,
      invited: invited ?? undefined,
      invitedBy: invited_by ?? undefined,
    }),
  }))

const columns = 'member as id, role, name, email, told_role, invited, invited_by'

export async function findMembers(database: Queries, { app, account }: AccountKey): Promise<readonly MemberRecord[]> {
  const rows = await database.query(`select ${columns} from members where app = $1 and account = $2 order by member`, [
    app,
    account,
  ])
  return rows.map((row) => MemberRow.parse(row))
}

/**
 * Takes the app's word. Where people are managed by the app, it is the whole truth. Where they are managed here, who was
 * invited here stays unless the app names the same id or address; and a role or a removal that was decided here stands
 * as long as the app only repeats what it said before. The account's row is held by the caller.
 */
export async function putMembers(
  queries: Queries,
  key: AccountKey,
  told: readonly Member[],
  managed: 'app' | 'portal',
): Promise<void> {
  const before = await findMembers(queries, key)
  const removed = managed === 'portal' ? await findRemoved(queries, key) : []
  const isOut = new Set(removed.filter((one) => isRepeated(one, told)).map(({ id }) => id))
  const named = told.filter(({ id }) => !isOut.has(id)).map((member) => heard(member, before, managed))
  const invited = managed === 'portal' ? before.filter((member) => isStill(member, told)) : []
  const { app, account } = key
  await queries.query(
    `delete from removed_members where app = $1 and account = $2
     and member not in (select jsonb_array_elements_text($3::jsonb))`,
    [app, account, JSON.stringify([...isOut])],
  )
  await replaceMembers(queries, key, [...named, ...invited])
}

function isRepeated({ id, toldRole }: Removed, told: readonly Member[]): boolean {
  return told.some((member) => member.id === id && member.role === toldRole)
}

function heard(member: Member, before: readonly MemberRecord[], managed: 'app' | 'portal'): MemberRecord {
  const known = before.find(({ id }) => id === member.id)
  const stands = managed === 'portal' && known?.toldRole === member.role
  return { ...member, toldRole: member.role, ...(stands && { role: known.role }) }
}

function isStill({ id, email, toldRole }: MemberRecord, told: readonly Member[]): boolean {
  if (toldRole !== undefined) return false
  return !told.some((member) => member.id === id || isSameAddress(member.email, email))
}

export function isSameAddress(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one.toLowerCase() === other.toLowerCase()
}

async function findRemoved(queries: Queries, { app, account }: AccountKey): Promise<readonly Removed[]> {
  const rows = await queries.query(
    'select member as id, told_role as "toldRole" from removed_members where app = $1 and account = $2',
    [app, account],
  )
  return rows.map((row) => z.object({ id: z.string(), toldRole: RoleSchema }).parse(row))
}

/** Who is no longer there is out at once, and sessions learn the new roles; whom only a ticket named was never a member. */
async function replaceMembers(queries: Queries, key: AccountKey, members: readonly MemberRecord[]): Promise<void> {
  const { app, account } = key
  await queries.query(
    `delete from sessions where app = $1 and account = $2
     and member in (select member from members where app = $1 and account = $2)
     and member not in (select jsonb_array_elements_text($3::jsonb))`,
    [app, account, JSON.stringify(members.map(({ id }) => id))],
  )
  await queries.query('delete from members where app = $1 and account = $2', [app, account])
  await queries.query(
    `insert into members (app, account, member, role, name, email, told_role, invited, invited_by)
     select $1, $2, id, role, name, email, "toldRole", invited, "invitedBy"
     from jsonb_to_recordset($3::jsonb)
       as given(id text, role text, name text, email text, "toldRole" text, invited bigint, "invitedBy" text)`,
    [app, account, JSON.stringify(members)],
  )
  await tellSessions(queries, key)
}

async function tellSessions(queries: Queries, { app, account }: AccountKey): Promise<void> {
  await queries.query(
    `update sessions set role = members.role from members
     where sessions.app = $1 and sessions.account = $2 and members.app = sessions.app
       and members.account = sessions.account and members.member = sessions.member`,
    [app, account],
  )
}

export async function insertInvited(
  queries: Queries,
  { app, account }: AccountKey,
  { id, role, name, email, invited, invitedBy }: MemberRecord,
): Promise<void> {
  await queries.query(
    `insert into members (app, account, member, role, name, email, invited, invited_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [app, account, id, role, name ?? null, email ?? null, invited ?? null, invitedBy ?? null],
  )
}

/** An owner besides this one who has been here, or whom the app knows. */
const anotherOwner = `exists (select 1 from members other where other.app = $1 and other.account = $2
  and other.member <> $3 and other.role = 'owner' and other.invited is null)`

/** False where nobody would be left who owns the account. The account's row is held by the caller. */
export async function changeMemberRole(
  queries: Queries,
  key: AccountKey,
  member: string,
  role: Role,
): Promise<boolean> {
  const rows = await queries.query(
    `update members set role = $4 where app = $1 and account = $2 and member = $3
     and ($4 = 'owner' or role <> 'owner' or ${anotherOwner}) returning member`,
    [key.app, key.account, member, role],
  )
  await tellSessions(queries, key)
  return rows.length > 0
}

/** Their sessions end with it. False where nobody would be left who owns the account. */
export async function removeMember(queries: Queries, key: AccountKey, member: string, now: number): Promise<boolean> {
  const rows = await queries.query(
    `delete from members where app = $1 and account = $2 and member = $3
     and (role <> 'owner' or ${anotherOwner}) returning told_role`,
    [key.app, key.account, member],
  )
  const [row] = rows
  if (!row) return false
  const { told_role: told } = z.object({ told_role: RoleSchema.nullable() }).parse(row)
  if (told !== null) {
    await queries.query(
      `insert into removed_members (app, account, member, told_role, removed) values ($1, $2, $3, $4, $5)
       on conflict (app, account, member) do update set told_role = excluded.told_role, removed = excluded.removed`,
      [key.app, key.account, member, told, now],
    )
  }
  await queries.query('delete from sessions where app = $1 and account = $2 and member = $3', [
    key.app,
    key.account,
    member,
  ])
  return true
}

/** Whether an owner removed this person although the app still names them. */
export async function isRemoved(queries: Queries, { app, account }: AccountKey, member: string): Promise<boolean> {
  const rows = await queries.query('select 1 from removed_members where app = $1 and account = $2 and member = $3', [
    app,
    account,
    member,
  ])
  return rows.length > 0
}

/** They came, so nobody waits for them any more. */
export async function markArrived(queries: Queries, { app, account }: AccountKey, member: string): Promise<void> {
  await queries.query(
    `update members set invited = null where app = $1 and account = $2 and member = $3 and invited is not null`,
    [app, account, member],
  )
}
