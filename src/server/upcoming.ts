import type { Upcoming } from '#contract/overview.ts'
import type { Subscription } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Reading } from './account.ts'
import type { Hands } from './context.ts'
import type { AccountRecord } from './store/accounts.ts'
import { StripeUnreachable } from './stripe/client.ts'
import { foresee, type Foreseen } from './stripe/reckon.ts'

/** So many subscriptions are asked about at once; of the others it is not known. */
const AT_MOST = 6

export type Foresight = ReadonlyMap<string, Upcoming>

/** As long as a reading is good, what was foreseen with it is. */
const foreseen = new WeakMap<AccountRecord, Promise<Foresight>>()

/**
 * What each living subscription will ask for next, by its id, as Stripe reckons it: one question each, the ones that
 * renew first. Those that Stripe does not speak of are left out.
 */
export function upcomingOf(hands: Hands, reading: Reading): Promise<Foresight> {
  const known = foreseen.get(reading.record) ?? foreseeAll(hands, reading)
  foreseen.set(reading.record, known)
  return known
}

async function foreseeAll({ stripe }: Hands, { facts }: Reading): Promise<Foresight> {
  if (facts.source !== 'live') return new Map()
  const billed = facts.subscriptions.filter(bills).toSorted((a, b) => a.periodEnd - b.periodEnd)
  const all = await Promise.all(
    billed.slice(0, AT_MOST).map(async (subscription) => {
      const next = await foresee(stripe, subscription.id).catch(unsaid)
      return next ? ([[subscription.id, upcomingFrom(subscription, next)]] as const) : []
    }),
  )
  return new Map(all.flat())
}

/** Whether it will ask for money of itself. */
function bills({ status, uncollected }: Subscription): boolean {
  return (status === 'active' || status === 'trialing' || status === 'past_due') && !uncollected
}

function upcomingFrom({ periodEnd }: Subscription, next: Foreseen | 'nothing'): Upcoming {
  if (next === 'nothing') return { kind: 'nothing' }
  const { sent, due, credit, carried, discount, tax } = next
  return { kind: sent ? 'invoice' : 'charge', at: periodEnd, due, ...compact({ credit, carried, discount, tax }) }
}

function unsaid(error: unknown): undefined {
  if (error instanceof StripeUnreachable) return undefined
  throw error
}
