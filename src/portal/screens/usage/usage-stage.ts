import type { MeterUsage } from '#contract/meter-usage.ts'
import type { UsageHistory } from '#contract/usage-history.ts'
import type { UsagePage } from '#contract/usage-page.ts'
import { noon } from '#diagnosis/samples.ts'
import { here, openPortal, type Network } from '#portal/stage.tsx'

const DAY = 86_400
const since = noon - 19 * DAY
export const resets = noon + 11 * DAY

/** A limit that will last, two thirds into its period. */
export const requests: MeterUsage = {
  id: 'requests',
  name: 'Map requests',
  unit: 'requests',
  used: 64_000,
  reported: noon - 60,
  since,
  resets,
  included: 100_000,
  beyond: 'stops',
  outlook: { kind: 'known', low: 84_000, likely: 90_000, high: 96_000, pace: 'lasts' },
}

export const usageOf = (differs: Partial<UsagePage> = {}): UsagePage => ({
  ...here,
  source: 'live',
  asOf: noon,
  plans: ['Team'],
  meters: [requests],
  rates: [],
  caps: [],
  alerts: [],
  payers: [],
  ...differs,
})

export const historyOf = (differs: Partial<UsageHistory> = {}): UsageHistory => ({
  meter: 'requests',
  back: 0,
  periods: [
    { since, until: resets },
    { since: since - 30 * DAY, until: since },
  ],
  days: [
    { day: noon - 2 * DAY, used: 1_200 },
    { day: noon - DAY, used: 0 },
    { day: noon, used: 3_400 },
  ],
  used: 4_600,
  ...differs,
})

/** The page of usage, and a network that answers what the test says. */
export function openUsage(usage: UsagePage, network: Network = {}, at = '/usage') {
  return openPortal({
    at,
    network: {
      'GET /api/usage': [200, usage],
      'GET /api/usage/history': [200, historyOf()],
      ...network,
    },
  })
}
