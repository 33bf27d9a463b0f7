import { z } from 'zod'
import type { AccountKey } from './accounts.ts'
import { findCheck, type CheckRecord } from './checks.ts'
import type { Queries } from './database.ts'

const CodeRow = z.object({ app: z.string(), account: z.string(), check_id: z.string() })

/**
 * Gives the code to this check until `expires` (unix seconds). False: another living check has it. One that has run out may
 * be given anew.
 */
export async function claimCode(
  database: Queries,
  { app, account }: AccountKey,
  { code, check, expires, now }: { code: string; check: string; expires: number; now: number },
): Promise<boolean> {
  const rows = await database.query(
    `insert into codes (code, app, account, check_id, expires) values ($1, $2, $3, $4, $5)
     on conflict (code) do update set app = excluded.app, account = excluded.account, check_id = excluded.check_id,
       expires = excluded.expires
     where codes.expires <= $6
     returning code`,
    [code, app, account, check, expires, now],
  )
  return rows.length > 0
}

/**
 * The check that a person means who types `typed`: in any case, with or without the dash, with O for 0 and I or L for 1.
 * Undefined for a code that nobody has, that has run out or that the app took back: the same answer for all of them.
 */
export async function findCheckByCode(database: Queries, typed: string, now: number): Promise<CheckRecord | undefined> {
  const code = readCode(typed)
  if (code === undefined) return undefined
  const [found] = await database.query('select app, account, check_id from codes where code = $1 and expires > $2', [
    code,
    now,
  ])
  if (!found) return undefined
  const { check_id: id, ...key } = CodeRow.parse(found)
  const check = await findCheck(database, key, id)
  return check?.cancelled === undefined ? check : undefined
}

/** The living code of this check; unix seconds. */
export async function findCodeOf(
  database: Queries,
  { app, account, id }: Pick<CheckRecord, 'app' | 'account' | 'id'>,
  now: number,
): Promise<string | undefined> {
  const [row] = await database.query(
    'select code from codes where app = $1 and account = $2 and check_id = $3 and expires > $4 order by expires desc limit 1',
    [app, account, id, now],
  )
  return row && z.object({ code: z.string() }).parse(row).code
}

/** Once dead, a code is never found again, whoever has it. */
export async function dropCodes(database: Queries, { app, account }: AccountKey, check: string): Promise<void> {
  await database.query('delete from codes where app = $1 and account = $2 and check_id = $3', [app, account, check])
}

export async function forgetCodes(database: Queries, now: number): Promise<void> {
  await database.query('delete from codes where expires <= $1', [now])
}

/** Crockford's base32 as people write it (https://www.crockford.com/base32.html): `7KQ2-M4XD`, or undefined. */
export function readCode(typed: string): string | undefined {
  if (typed.length > 32) return undefined
  const symbols = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(symbols) ? `${symbols.slice(0, 4)}-${symbols.slice(4)}` : undefined
}
