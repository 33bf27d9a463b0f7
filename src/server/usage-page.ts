import type { UsageAlert } from '#contract/usage-alert.ts'
import type { UsagePage } from '#contract/usage-page.ts'
import { compact } from '#diagnosis/compact.ts'
import { asHeld } from '#diagnosis/kept.ts'
import { termsOf } from '#diagnosis/limits.ts'
import type { Hands } from './context.ts'
import { payersFor } from './asks.ts'
import { hasReached } from './counted-usage.ts'
import { ApiError } from './errors.ts'
import { payingRoles } from './paying-roles.ts'
import { livingOf } from './periods.ts'
import { placeFor } from './place.ts'
import { seesAmounts } from './redact.ts'
import type { SessionRecord } from './store/sessions.ts'
import { findAlerts, findLetterStops } from './store/usage-alerts.ts'
import { creditsOf } from './usage-page/credits.ts'
import { meterUsages, nameOf } from './usage-page/meters.ts'

/** What is used of what. Throws ApiError not-found. */
export async function usagePage(hands: Hands, session: SessionRecord): Promise<UsagePage> {
  const { config, database, now } = hands
  const reading = await hands.airlock.read(session, { fresh: false })
  if (!reading) throw new ApiError('not-found')
  const { facts, record } = reading
  const { policy } = config
  const living = livingOf(facts, policy, now())
  const terms = termsOf(living, policy, now())
  const money = seesAmounts(config, session.role)
  const [meters, credits, alerts, stops] = await Promise.all([
    meterUsages(hands, reading, { money }),
    creditsOf(hands, reading, { money }),
    findAlerts(database, session),
    findLetterStops(database, session),
  ])
  return {
    ...placeFor(hands, session, record),
    source: facts.source,
    asOf: facts.asOf,
    plans: [...new Set(living.map((one) => asHeld(one, now()).plan))],
    meters,
    rates: [...terms.rates].map(([meter, rate]) => ({ meter, ...nameOf(policy, meter), ...rate })),
    caps: money ? (facts.caps ?? []) : [],
    alerts: alerts.map((alert) => ({ alert, reached: isReached(alert, meters, credits) })),
    payers: payersFor(config, record, session.member),
    ...compact({
      credits,
      letters: payingRoles.includes(session.role) ? lettersFor() : undefined,
      seats:
        facts.seats === undefined || terms.seats === undefined ? undefined : { used: facts.seats, seats: terms.seats },
    }),
  }

  function lettersFor(): UsagePage['letters'] {
    const email = record.members.find(({ id }) => id === session.member)?.email
    if (!config.mail || email === undefined) return 'none'
    return stops.has(session.member) ? 'off' : 'on'
  }
}

function isReached(alert: UsageAlert, meters: UsagePage['meters'], credits: UsagePage['credits']): boolean {
  if (alert.kind === 'below') return credits !== undefined && credits.balance < alert.value
  const { used = 0, included = 0, since = 0, resets = 0 } = meters.find(({ id }) => id === alert.meter) ?? {}
  const mark = alert.kind === 'percent' ? { percent: alert.value } : { units: alert.value }
  return hasReached({ meter: alert.meter, used, included, since, until: resets }, mark)
}
