import type { Who } from '#sandbox/demo/customer.ts'
import type { Lab } from '#sandbox/demo/lab.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import type { Bench } from './test-bench.ts'
import { day, start } from './test-clock.ts'

export const who: Who = { name: 'Acme GmbH', email: 'anna@acme.example' }

/** Forty days after a month's end, when months differ: who joined then has seen one renewal. UTC seconds. */
export const labNow = start + 40 * day

/** What the demo's cast is built with. */
export async function labOf({ stripe, lever }: Bench, now = labNow): Promise<Lab> {
  return { stripe, lever, now, prices: await ensurePrices(stripe) }
}
