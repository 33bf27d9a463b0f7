import type { UsagePage } from '#contract/usage-page.ts'
import { compact } from '#diagnosis/compact.ts'
import { termsOf } from '#diagnosis/limits.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { livingOf } from './periods.ts'
import { placeFor } from './place.ts'
import { seesAmounts } from './redact.ts'
import type { SessionRecord } from './store/sessions.ts'
import { creditsOf } from './usage-page/credits.ts'
import { meterUsages, nameOf } from './usage-page/meters.ts'

/** What is used of what. Throws ApiError not-found. */
export async function usagePage(hands: Hands, session: SessionRecord): Promise<UsagePage> {
  const { config, now } = hands
  const reading = await hands.airlock.read(session, { fresh: false })
  if (!reading) throw new ApiError('not-found')
  const { facts, record } = reading
  const { policy } = config
  const living = livingOf(facts, policy, now())
  const terms = termsOf(living, policy)
  const money = seesAmounts(config, session.role)
  const [meters, credits] = await Promise.all([
    meterUsages(hands, reading, { money }),
    creditsOf(hands, reading, { money }),
  ])
  return {
    ...placeFor(hands, session, record),
    source: facts.source,
    asOf: facts.asOf,
    plans: [...new Set(living.map(({ plan }) => plan))],
    meters,
    rates: [...terms.rates].map(([meter, rate]) => ({ meter, ...nameOf(policy, meter), ...rate })),
    caps: money ? (facts.caps ?? []) : [],
    ...compact({
      credits,
      seats:
        facts.seats === undefined || terms.seats === undefined ? undefined : { used: facts.seats, seats: terms.seats },
    }),
  }
}
