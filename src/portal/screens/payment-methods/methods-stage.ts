import { screen } from '@testing-library/react'
import type { ChargedPlan, MethodsPage, SavedMethod } from '#contract/methods.ts'
import { noon, visa } from '#diagnosis/samples.ts'
import { here, inOrder, openPortal, visitOf, type Network } from '#portal/stage.tsx'

/** For tests: Acme's payment methods, two of them; each test says only what differs. */
export const DAY = 86_400
export const team: ChargedPlan = {
  subscription: 'sub_team',
  plan: 'Team',
  own: false,
  next: { at: noon + 11 * DAY, amount: { amount: 49_00, currency: 'eur' } },
}
const addon: ChargedPlan = { ...team, subscription: 'sub_addon', plan: 'Traffic add-on', own: true }
export const amex = { id: 'pm_amex', kind: 'card', brand: 'amex', last4: '0005', expMonth: 1, expYear: 2031 }

export function saved(differs: Partial<SavedMethod> = {}): SavedMethod {
  return {
    method: visa,
    isDefault: true,
    expiry: 'good',
    usable: true,
    plans: [team],
    recharges: false,
    removal: 'hand-over',
    backs: false,
    ...differs,
  }
}

export const second = saved({ method: amex, isDefault: false, plans: [addon] })

export function pageOf(differs: Partial<MethodsPage> = {}): MethodsPage {
  return {
    ...here,
    asOf: noon,
    source: 'live',
    shown: true,
    payers: [],
    methods: [saved(), second],
    awaited: [],
    uncovered: [],
    ...differs,
  }
}

export const done = [200, { outcome: { kind: 'done' }, visit: visitOf(inOrder) }] as const

export async function openMethods(page: MethodsPage, network: Network = {}) {
  const opened = await openPortal({
    at: '/payment-methods',
    network: { 'GET /api/payment-methods': [200, page], ...network },
  })
  await screen.findByRole('heading', { level: 1, name: /payment methods$/i })
  return opened
}
