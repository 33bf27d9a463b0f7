import { RoleSchema } from '#contract/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries, Row } from './database.ts'

/** An account that was searched for, and the member by whose address it was found. */
export type Found = AccountKey & {
  readonly label: string
  readonly member?: {
    readonly id: string
    readonly role: z.infer<typeof RoleSchema>
    readonly name?: string
    readonly email?: string
  }
}

const FoundRow = z.object({ app: z.string(), account: z.string(), label: z.string() })
const MemberRow = FoundRow.extend({
  id: z.string().nullable(),
  role: RoleSchema.nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
})

/** Every search is exact, and told at most this often. */
type Bounds = { readonly apps: readonly string[]; readonly limit: number }

/** A member's address or one that gets our letters about billing, in whatever case. */
export async function findByEmail(
  database: Queries,
  email: string,
  { apps, limit }: Bounds,
): Promise<readonly Found[]> {
  const rows = await database.query(
    `select accounts.app, accounts.account, accounts.label, found.id, found.role, found.name, found.email from (
       select app, account, member as id, role, name, email from members where lower(email) = lower($1)
       union all
       select app, account, null, null, null, null from billing_recipients where lower(email) = lower($1)
     ) found join accounts on accounts.app = found.app and accounts.account = found.account
     where accounts.app in (select jsonb_array_elements_text($2::jsonb))
     order by accounts.app, accounts.account, found.id nulls last limit $3`,
    [email, JSON.stringify(apps), limit],
  )
  return rows.map(parseMatch)
}

export async function findByAccountId(
  database: Queries,
  account: string,
  { apps, limit }: Bounds,
): Promise<readonly Found[]> {
  const rows = await database.query(
    `select app, account, label from accounts
     where app in (select jsonb_array_elements_text($2::jsonb)) and account = $1 order by app limit $3`,
    [account, JSON.stringify(apps), limit],
  )
  return rows.map((row) => FoundRow.parse(row))
}

export async function findByCustomers(
  database: Queries,
  customers: readonly string[],
  { apps, limit }: Bounds,
): Promise<readonly Found[]> {
  const rows = await database.query(
    `select app, account, label from accounts
     where (stripe_customer in (select jsonb_array_elements_text($1::jsonb))
       or made_customer in (select jsonb_array_elements_text($1::jsonb)))
       and app in (select jsonb_array_elements_text($2::jsonb))
     order by app, account limit $3`,
    [JSON.stringify(customers), JSON.stringify(apps), limit],
  )
  return rows.map((row) => FoundRow.parse(row))
}

/** By what the last reading of Stripe said of it. */
export async function findByMark(database: Queries, mark: string, { apps, limit }: Bounds): Promise<readonly Found[]> {
  const rows = await database.query(
    `select accounts.app, accounts.account, accounts.label
     from snapshots join accounts on accounts.app = snapshots.app and accounts.account = snapshots.account
     where snapshots.marks ? $1 and accounts.app in (select jsonb_array_elements_text($2::jsonb))
     order by snapshots.fetched desc, accounts.app, accounts.account limit $3`,
    [mark, JSON.stringify(apps), limit],
  )
  return rows.map((row) => FoundRow.parse(row))
}

/** By a card that the last reading of Stripe saw, or that is on file as far as is known. */
export async function findByCard(database: Queries, mark: string, { apps, limit }: Bounds): Promise<readonly Found[]> {
  const rows = await database.query(
    `select accounts.app, accounts.account, accounts.label
     from (
       select app, account from snapshots where marks ? $1
       union
       select app, account from saved_cards where mark = $1
     ) found join accounts on accounts.app = found.app and accounts.account = found.account
     left join snapshots on snapshots.app = found.app and snapshots.account = found.account
     where accounts.app in (select jsonb_array_elements_text($2::jsonb))
     order by snapshots.fetched desc nulls last, accounts.app, accounts.account limit $3`,
    [mark, JSON.stringify(apps), limit],
  )
  return rows.map((row) => FoundRow.parse(row))
}

/** By the id of something that an app was told. */
export async function findByEvent(
  database: Queries,
  event: string,
  { apps, limit }: Bounds,
): Promise<readonly Found[]> {
  const rows = await database.query(
    `select accounts.app, accounts.account, accounts.label
     from app_events join accounts on accounts.app = app_events.app and accounts.account = app_events.account
     where app_events.id = $1 and accounts.app in (select jsonb_array_elements_text($2::jsonb)) limit $3`,
    [event, JSON.stringify(apps), limit],
  )
  return rows.map((row) => FoundRow.parse(row))
}

function parseMatch(row: Row): Found {
  const { id, role, name, email, ...account } = MemberRow.parse(row)
  return { ...account, ...(id !== null && role !== null && { member: { id, role, ...compact({ name, email }) } }) }
}
