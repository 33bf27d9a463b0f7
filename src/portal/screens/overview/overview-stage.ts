import type { Overview } from '#contract/overview.ts'
import { noon, visa } from '#diagnosis/samples.ts'
import { here, inOrder, openPortal } from '#portal/stage.tsx'

export const DAY = 86_400
export type Plan = Overview['subscriptions'][number]

/** For tests: a plan in good standing of which nothing more is known. */
export const team: Plan = {
  id: 'sub_team',
  plan: 'Team',
  status: 'active',
  standing: 'full',
  quantity: 2,
  price: { amount: 98_00, currency: 'eur' },
  periodEnd: noon + 11 * DAY,
  method: visa,
}

/** Says only what differs from an account in order. */
export function overviewOf(differs: Partial<Overview> = {}): Overview {
  return {
    ...here,
    diagnosis: inOrder,
    subscriptions: [team],
    methods: [{ method: visa, isDefault: true, expired: false, usedBy: ['Team'] }],
    usage: [],
    openInvoices: [],
    ...differs,
  }
}

export function openOverview(overview: Overview) {
  return openPortal({ at: '/overview', network: { 'GET /api/overview': [200, overview] } })
}
