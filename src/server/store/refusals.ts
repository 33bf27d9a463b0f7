import { BlockerSchema } from '#contract/diagnosis.ts'
import { InstantSchema } from '#contract/money.ts'
import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import { parseCheck, type CheckRecord, type Rule } from './checks.ts'
import type { Queries, Row } from './database.ts'

/** A refused request, and what it was refused by; the rule is absent of those that were written down before it was kept. */
export type Refusal = { readonly check: CheckRecord; readonly rule: Rule | undefined }

const RuleSchema = z.object({ blockers: z.array(BlockerSchema).readonly(), asOf: InstantSchema, live: z.boolean() })
const RuleRow = z.object({ rule: RuleSchema.nullable().catch(null) })

export async function findRefusal(
  database: Queries,
  { app, account }: AccountKey,
  check: string,
): Promise<Refusal | undefined> {
  const [row] = await database.query('select * from checks where app = $1 and account = $2 and id = $3', [
    app,
    account,
    check,
  ])
  return row && parseRefusal(row)
}

/** The newest since an instant of what we refused, or the app did and said so. */
export async function findNewestRefusal(
  database: Queries,
  { app, account }: AccountKey,
  since: number,
): Promise<Refusal | undefined> {
  const [row] = await database.query(
    `select * from checks where app = $1 and account = $2 and created > $3 and (refused or told is not null)
     order by created desc, id limit 1`,
    [app, account, since],
  )
  return row && parseRefusal(row)
}

function parseRefusal(row: Row): Refusal {
  return { check: parseCheck(row), rule: RuleRow.parse(row).rule ?? undefined }
}
