import { randomBytes } from 'node:crypto'
import type { AccountKey } from './store/accounts.ts'
import { claimCode } from './store/codes.ts'
import type { Queries } from './store/database.ts'

/** Crockford's base32: no I, L, O and U, so that nothing is misread and little is misspelt. */
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A new code for this check, good until `expires` (unix seconds): 40 bits, `7KQ2-M4XD`. */
export async function issueCode(
  database: Queries,
  key: AccountKey,
  claim: { check: string; expires: number; now: number },
): Promise<string> {
  const code = randomCode()
  return (await claimCode(database, key, { ...claim, code })) ? code : issueCode(database, key, claim)
}

function randomCode(): string {
  const symbols = [...randomBytes(8)].map((byte) => SYMBOLS[byte % SYMBOLS.length]).join('')
  return `${symbols.slice(0, 4)}-${symbols.slice(4)}`
}

/** Where a code is opened. */
export function codeUrl(origin: string, code: string): string {
  return `${origin}/r/${code}`
}
