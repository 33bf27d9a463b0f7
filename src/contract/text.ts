import { z } from 'zod'

/** No zero bytes and no halves of characters: what a database can keep. */
export const keepable = /^[^\0\p{Cs}]*$/u

/** Text that a database can keep. May be empty. */
export function textOf(max: number) {
  return z.string().max(max).regex(keepable, 'text without zero bytes and halves of characters')
}
