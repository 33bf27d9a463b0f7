import type { Ask, PayerPerson } from '#contract/ask.ts'
import type { Say } from './words/words.ts'

/** What a person is called: their name, else what they are. */
export function nameOf({ name, role }: PayerPerson | Ask['to'], say: Say): string {
  return name ?? say(`role.${role}`)
}
