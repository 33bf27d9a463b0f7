import { expect, test } from 'vitest'
import type { Account, Subscription } from './account.ts'
import { compareTerms } from './compare-terms.ts'
import type { Policy } from './policy.ts'
import { accountInGoodStanding, noon, subscription } from './samples.ts'

const policy: Policy = {
  graceDays: 7,
  plans: {
    starter: {
      name: 'Starter',
      features: ['tiles', 'print'],
      limits: { requests: { included: 10_000, hard: true } },
      seats: 5,
      rates: { requests: { limit: 60, seconds: 60 } },
    },
    team: {
      name: 'Team',
      features: ['tiles', 'routing'],
      limits: { requests: { included: 100_000, hard: true }, routes: { included: 500, hard: false } },
      seats: 10,
      rates: { requests: { limit: 600, seconds: 60 } },
    },
    studio: { name: 'Studio', features: ['tiles'], seats: 'quantity' },
  },
  meters: { requests: { name: 'Map requests', unit: 'requests' } },
}

const on = (key: string, quantity = 1): Subscription =>
  subscription({ items: [{ id: 'si_1', price: `price_${key}`, key, quantity }] })
const having = (key: string, differs: Partial<Account> = {}) =>
  accountInGoodStanding({ subscriptions: [on(key)], ...differs })
const requests = { id: 'requests', name: 'Map requests', unit: 'requests' }

test('a larger plan: what is gained, from how much to how much, and what is lost', () => {
  expect(compareTerms(having('starter'), [on('team')], policy, noon)).toEqual([
    { kind: 'feature', feature: 'routing', gained: true },
    { kind: 'feature', feature: 'print', gained: false },
    {
      kind: 'limit',
      meter: requests,
      before: { included: 10_000, hard: true },
      after: { included: 100_000, hard: true },
    },
    { kind: 'limit', meter: { id: 'routes', name: 'routes', unit: '' }, after: { included: 500, hard: false } },
    { kind: 'seats', before: 5, after: 10 },
    { kind: 'rate', meter: requests, before: { limit: 60, seconds: 60 }, after: { limit: 600, seconds: 60 } },
  ])
})

test('a smaller plan is weighed against what is used, as far as that is known', () => {
  const usage = [{ meter: 'requests', used: 12_000, since: noon - 9, resets: noon + 9, asOf: noon }]
  const changes = compareTerms(having('team', { usage, seats: 7 }), [on('starter')], policy, noon)
  expect(changes).toContainEqual({
    kind: 'limit',
    meter: requests,
    before: { included: 100_000, hard: true },
    after: { included: 10_000, hard: true },
    used: 12_000,
    resets: noon + 9,
  })
  expect(changes).toContainEqual({ kind: 'seats', before: 10, after: 5, used: 7 })
  expect(changes.find((change) => change.kind === 'limit' && change.meter.id === 'routes')).not.toHaveProperty('used')
})

test('the same plan changes nothing', () => {
  expect(compareTerms(having('team'), [on('team')], policy, noon)).toEqual([])
})

test('more of a plan that is sold by the seat is more seats, and nothing else', () => {
  const account = accountInGoodStanding({ subscriptions: [on('studio', 3)], seats: 3 })
  expect(compareTerms(account, [on('studio', 5)], policy, noon)).toEqual([
    { kind: 'seats', before: 3, after: 5, used: 3 },
  ])
})

test('a plan beside it is counted on both sides', () => {
  const addon = { ...on('starter'), id: 'sub_addon' }
  const account = accountInGoodStanding({ subscriptions: [on('team'), addon] })
  const changes = compareTerms(account, [on('starter'), addon], policy, noon)
  expect(changes).toContainEqual({ kind: 'seats', before: 15, after: 10 })
  expect(changes).not.toContainEqual({ kind: 'feature', feature: 'print', gained: true })
})

test('a plan without a word about seats lifts the limit on them', () => {
  const free: Policy = { ...policy, plans: { ...policy.plans, free: { name: 'Free', features: ['tiles', 'print'] } } }
  expect(compareTerms(having('starter'), [on('free')], free, noon)).toContainEqual({ kind: 'seats', before: 5 })
})
