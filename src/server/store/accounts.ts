import { HoldSchema, MemberSchema, type Member } from '#contract/account.ts'
import type { Grace, Hold } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import { lookBy } from './access-states.ts'
import type { Database, Queries, Row } from './database.ts'
import { putMembers } from './members.ts'
import { forgetCards, learnCards } from './saved-cards.ts'
import { collectNews } from './stripe-news.ts'

/** An account is known by the app that registered it and by that app's own id. */
export type AccountKey = { readonly app: string; readonly account: string }

export type AccountRecord = AccountKey & {
  readonly label: string
  readonly customer: string | undefined
  readonly members: readonly Member[]
  /** The merchant serves it nothing until this is lifted. */
  readonly hold?: Hold
  /** How many seats are taken. */
  readonly seats?: number
  /** Support's own hold: the app neither writes nor lifts it. */
  readonly staffHold?: Hold
  readonly grace?: Grace
}

const AccountRow = z.object({
  app: z.string(),
  account: z.string(),
  label: z.string(),
  stripe_customer: z.string().nullable(),
  hold: HoldSchema.nullable(),
  seats: z.number().nullable(),
  staff_hold: HoldSchema.nullable(),
  grace: z.object({ until: z.number(), invoices: z.array(z.string()) }).nullable(),
})

/** `managed`: who has the last word about its people. */
export async function saveAccount(
  database: Database,
  record: AccountRecord,
  now: number,
  managed: 'app' | 'portal' = 'app',
): Promise<void> {
  const { app, account, label, customer, members, hold, seats } = record
  await database.transaction(async (queries) => {
    const before = await queries.query(
      'select 1 from accounts where app = $1 and account = $2 and stripe_customer = $3',
      [app, account, customer ?? null],
    )
    await queries.query(
      `insert into accounts (app, account, label, stripe_customer, hold, seats, updated)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (app, account) do update
       set label = excluded.label, stripe_customer = excluded.stripe_customer, hold = excluded.hold,
           seats = excluded.seats, updated = excluded.updated`,
      [app, account, label, customer ?? null, hold ? JSON.stringify(hold) : null, seats ?? null, now],
    )
    if (customer !== undefined && before.length === 0) {
      await collectNews(queries, record, customer)
      // Of another customer than before, other cards.
      await forgetCards(queries, record)
      await learnCards(queries, customer)
    }
    await lookBy(queries, record, now)
    await putMembers(queries, record, members, managed)
  })
}

export async function findAccount(database: Queries, { app, account }: AccountKey): Promise<AccountRecord | undefined> {
  const [row] = await database.query(
    `select app, account, label, coalesce(stripe_customer, made_customer) as stripe_customer, hold, seats, staff_hold, grace
     from accounts where app = $1 and account = $2`,
    [app, account],
  )
  if (!row) return undefined
  const { label, stripe_customer, hold, seats, staff_hold: staffHold, grace } = AccountRow.parse(row)
  const members = await database.query(
    'select member as id, role, name, email from members where app = $1 and account = $2 order by member',
    [app, account],
  )
  return {
    app,
    account,
    label,
    customer: stripe_customer ?? undefined,
    members: members.map(parseMember),
    ...compact({ hold, seats, staffHold, grace }),
  }
}

/** Who pays for an account whose app has named nobody; it stays so however often the app puts the account. */
export async function keepMadeCustomer(
  database: Queries,
  { app, account }: AccountKey,
  customer: string,
): Promise<void> {
  await database.query('update accounts set made_customer = $3 where app = $1 and account = $2', [
    app,
    account,
    customer,
  ])
}

export async function findAccountsOfCustomer(database: Queries, customer: string): Promise<readonly AccountKey[]> {
  const rows = await database.query(
    'select app, account from accounts where stripe_customer = $1 or made_customer = $1',
    [customer],
  )
  return rows.map((row) => {
    const { app, account } = AccountRow.pick({ app: true, account: true }).parse(row)
    return { app, account }
  })
}

/** Those of the ids that the app has registered. */
export async function findKnownAccounts(
  database: Queries,
  app: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await database.query(
    'select account from accounts where app = $1 and account in (select jsonb_array_elements_text($2::jsonb))',
    [app, JSON.stringify(ids)],
  )
  return new Set(rows.map((row) => z.object({ account: z.string() }).parse(row).account))
}

function parseMember(row: Row): Member {
  return MemberSchema.parse(compact(row))
}
