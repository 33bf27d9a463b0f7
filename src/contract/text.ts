import { z } from 'zod'

/** A name or another text of one line: no control characters, and no halves of characters, which no database keeps. */
export function lineOf(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'a line of text without control characters')
}

/** The same over several lines; may be empty. */
export function textOf(max: number) {
  return z
    .string()
    .max(max)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'text without control characters')
}
