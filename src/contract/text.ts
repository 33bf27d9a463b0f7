import { z } from 'zod'

/** Text that a database can keep: no zero bytes and no halves of characters. May be empty. */
export function textOf(max: number) {
  return z
    .string()
    .max(max)
    .regex(/^[^\0\p{Cs}]*$/u, 'text without zero bytes and halves of characters')
}
