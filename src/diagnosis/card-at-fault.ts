import type { DeclineGroup } from './decline.ts'

/** Apart from the table of codes, which no screen needs in order to choose its words. */
const faultless: ReadonlySet<DeclineGroup> = new Set(['billing', 'retry', 'ours'])

/** Whether the decline had to do with the card; where it had not, another one will not help. */
export function isCardAtFault(group: DeclineGroup): boolean {
  return !faultless.has(group)
}
