import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import type { Queries } from './database.ts'

/** Another account that is probably the same people's. */
export type Duplicate = AccountKey & { readonly label: string; readonly shares: 'customer' | 'email' }

const DuplicateRow = z.object({
  app: z.string(),
  account: z.string(),
  label: z.string(),
  shares: z.enum(['customer', 'email']),
})

/** Accounts that have a Stripe customer or a member's address in common with this one. */
export async function findDuplicates(
  database: Queries,
  { app, account, customer }: AccountKey & { readonly customer: string | undefined },
  limit: number,
): Promise<readonly Duplicate[]> {
  const rows = await database.query(
    `select app, account, label, min(shares) as shares from (
       select app, account, label, 'customer' as shares from accounts
       where $3::text is not null and (stripe_customer = $3 or made_customer = $3)
       union all
       select accounts.app, accounts.account, accounts.label, 'email'
       from members own
       join members other on lower(other.email) = lower(own.email)
       join accounts on accounts.app = other.app and accounts.account = other.account
       where own.app = $1 and own.account = $2 and own.email is not null
     ) shared where (app, account) <> ($1, $2) group by app, account, label order by app, account limit $4`,
    [app, account, customer ?? null, limit],
  )
  return rows.map((row) => DuplicateRow.parse(row))
}
