import type { Holding, Holdings } from '#contract/holding.ts'
import { noon, visa } from '#diagnosis/samples.ts'
import { here, inOrder, openPortal, visitOf, type Network } from '#portal/stage.tsx'

/** For tests: the plan page of somebody who has Team. Amounts in cents. */
export const DAY = 86_400

/** What is read, whichever names stand in elements of their own. */
export const told = (part: HTMLElement = document.body) => part.textContent
export const eur = (amount: number) => ({ amount, currency: 'eur' })

export const team: Holding = {
  id: 'sub_team',
  plan: 'Team',
  status: 'active',
  standing: 'full',
  quantity: 1,
  bySeat: false,
  price: eur(49_00),
  interval: { unit: 'month', count: 1 },
  periodStart: noon - 19 * DAY,
  periodEnd: noon + 11 * DAY,
  method: visa,
  uncollected: false,
  scheduled: false,
  terms: {
    features: ['tiles', 'offline_maps'],
    limits: [{ meter: 'requests', name: 'Map requests', unit: 'requests', included: 100_000, hard: true }],
    seats: 5,
    rates: [{ meter: 'requests', name: 'Map requests', unit: 'requests', limit: 600, seconds: 60 }],
  },
  discounts: [],
  acts: ['change', 'code', 'pause', 'cancel'],
}

export function pageOf(holdings: readonly Partial<Holding>[], differs: Partial<Holdings> = {}): Holdings {
  return {
    ...here,
    asOf: noon,
    source: 'live',
    payers: ['Jo'],
    seatsUsed: 3,
    mayBegin: false,
    holdings: holdings.map((holding) => ({ ...team, ...holding })),
    ...differs,
  }
}

export const done = { outcome: { kind: 'done' }, visit: visitOf(inOrder) }

export async function open(page: Holdings | (() => Holdings), network: Network = {}) {
  const now = typeof page === 'function' ? page : () => page
  return openPortal({ at: '/plan', network: { 'GET /api/plan': () => [200, now()], ...network } })
}

/** What was asked for, in order. */
export const acts = (said: Awaited<ReturnType<typeof open>>['said']) =>
  said.filter(({ method, path }) => method === 'POST' && path === '/api/plan')
