import type { Hint } from '#contract/hint.ts'
import { checkIn } from './paths.ts'

const claims = ['account', 'reason', 'body', 'return_to', 'state', 'feature', 'meter'] as const

/** The portal takes no more; what is longer was not meant for us. */
const LONGEST = 8_192

/** What an address without a ticket says: `/fix?check=…`, `/fix?app=…&reason=…`, or nothing. */
export function hintIn(search: string): Hint {
  const query = new URLSearchParams(search)
  const check = checkIn(search)
  const app = query.get('app') ?? undefined
  if (check !== undefined) return { kind: 'check', check, ...(app !== undefined && { app: app.slice(0, LONGEST) }) }
  if (app === undefined) return { kind: 'none' }
  const said = claims.flatMap((name) => {
    const value = query.get(name)
    return value === null || value.length > LONGEST ? [] : [[name, value] as const]
  })
  return { kind: 'plain', app: app.slice(0, LONGEST), ...Object.fromEntries(said) }
}

/** `/r/7KQ2-M4XD`. */
export function hintOfCode(code: string): Hint {
  return { kind: 'code', code: code.slice(0, 64) }
}
