import type { Told } from './account.ts'
import type { Blocker } from './diagnosis.ts'
import type { Demand } from './limits.ts'
import type { Reason } from './reason.ts'
import { speak } from './speak.ts'

/** Seconds for which an app's word stands when it gives no end. */
const TOLD_SECONDS = 900

type Hearing = {
  /** Whether our own facts say nothing about it: only then is the app's word all there is. */
  readonly isSilent: (demand: Demand) => boolean
  readonly repeat: (demand: Demand, told: Told) => Blocker
}

/** What only the app can know. Everything else is ours to see, whatever the app believes. */
const hearings = {
  account_frozen: hearing(
    ({ account }) => account.hold === undefined,
    () => speak('account_frozen', undefined, { cause: 'told' }),
  ),
  upstream_billing: hearing(
    () => true,
    (_, { at, until }) => speak('upstream_billing', at, until === undefined ? {} : { until }),
  ),
  rate_limited: hearing(
    ({ account, request }) => !account.rates?.some(({ meter }) => meter === request.meter),
    (_, { until }) => speak('rate_limited', undefined, until === undefined ? {} : { until }),
  ),
  seat_limit: hearing(
    ({ account, terms }) => account.seats === undefined || terms.seats === undefined,
    ({ terms: { seats } }) => speak('seat_limit', undefined, seats === undefined ? {} : { seats }),
  ),
  spend_cap_reached: hearing(
    ({ account: { caps } }) => caps === undefined || caps.length === 0,
    () => speak('spend_cap_reached', undefined, {}),
  ),
  credits_exhausted: hearing(
    ({ account }) => account.credits === undefined,
    () => speak('credits_exhausted', undefined, {}),
  ),
  usage_limit_exceeded: hearing(
    ({ account, request: { meter } }) =>
      account.usage === undefined || (meter !== undefined && !account.usage.some((reading) => reading.meter === meter)),
    (_, { until }) => speak('usage_limit_exceeded', undefined, until === undefined ? {} : { resets: until }),
  ),
  plan_lacks_feature: hearing(
    ({ request: { feature }, policy }) =>
      feature === undefined || !Object.values(policy.plans ?? {}).some((plan) => plan.features?.includes(feature)),
    ({ request: { feature } }) =>
      speak('plan_lacks_feature', undefined, { plans: [], ...(feature !== undefined && { feature }) }),
  ),
} as const satisfies Partial<Record<Reason, Hearing>>

export function toldBlocker(demand: Demand): Blocker | undefined {
  const { request, now } = demand
  const { told } = request
  if (!told || now >= (told.until ?? told.at + TOLD_SECONDS)) return undefined
  const heard = Object.entries(hearings).find(([reason]) => reason === told.reason)?.[1]
  return heard?.isSilent(demand) ? heard.repeat(demand, told) : undefined
}

function hearing(isSilent: Hearing['isSilent'], repeat: Hearing['repeat']): Hearing {
  return { isSilent, repeat }
}
