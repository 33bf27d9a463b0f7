import { expect, test } from 'vitest'
import type { Item, Kept } from './account.ts'
import { compareTerms } from './compare-terms.ts'
import { diagnose } from './diagnose.ts'
import { asHeld } from './kept.ts'
import { nextLook } from './next-look.ts'
import type { Policy } from './policy.ts'
import { accountInGoodStanding, noon, subscription } from './samples.ts'

const until = noon + 86_400
const policy: Policy = {
  graceDays: 7,
  plans: {
    starter: { name: 'Starter', features: ['tiles'], limits: { requests: { included: 100, hard: true } }, seats: 2 },
    team: {
      name: 'Team',
      features: ['tiles', 'routing'],
      limits: { requests: { included: 1_000, hard: true } },
      seats: 5,
      rates: { requests: { limit: 60, seconds: 60 } },
    },
  },
}
const eur = (amount: number) => ({ amount, currency: 'eur' })
const keeps: Kept = { price: 'price_team', key: 'team', quantity: 1, until, plan: 'Team', each: eur(49_00) }
const item: Item = { id: 'si_1', price: 'price_starter', key: 'starter', quantity: 1, each: eur(19_00), keeps }
const starter = subscription({ plan: 'Starter', price: eur(19_00), items: [item] })
const usage = [{ meter: 'requests', used: 500, since: noon - 9, asOf: noon }]
const account = accountInGoodStanding({ subscriptions: [starter], usage, seats: 4 })
const reasons = (request: object, now: number) =>
  diagnose(account, request, policy, now).blockers.map((one) => one.reason)

test.each([
  ['limits', { meter: 'requests' }, ['usage_limit_exceeded']],
  ['seats', { meter: 'seats' }, ['seat_limit']],
  ['features', { feature: 'routing' }, ['plan_lacks_feature']],
])('the %s of what was paid for hold to the last second, and then those of the smaller plan', (_, request, then) => {
  expect([reasons(request, until - 1), reasons(request, until)]).toEqual([[], then])
})

test('what another plan would change is compared with what is kept', () => {
  const after = [{ ...starter, items: [{ id: item.id, price: item.price, key: 'starter', quantity: 1 }] }]
  expect(compareTerms(account, after, policy, noon)).toContainEqual({ kind: 'seats', before: 5, after: 2, used: 4 })
  expect(compareTerms(account, after, policy, until)).toEqual([])
})

test('it is called and costs what was paid for, until that time is over', () => {
  expect(asHeld(starter, noon)).toEqual({ plan: 'Team', quantity: 1, price: eur(49_00) })
  expect(asHeld(starter, until)).toEqual({ plan: 'Starter', quantity: 1, price: eur(19_00) })
})

test('an account is looked at again when what it kept is over', () => {
  const { subscriptions: _, ...rest } = account
  const kept = { ...rest, subscriptions: [{ ...starter, periodEnd: until + 9 }] }
  expect(nextLook(kept, policy, noon)).toBe(until)
})

test('a plan of which more than one is bought includes what one does, and only its seats are more', () => {
  const many = subscription({ items: [{ id: 'si_1', price: 'price_starter', key: 'starter', quantity: 3 }] })
  const three = accountInGoodStanding({
    subscriptions: [many],
    usage: [{ meter: 'requests', used: 100, since: 0, asOf: noon }],
  })
  expect(diagnose(three, { meter: 'requests' }, policy, noon).blockers).toMatchObject([{ included: 100 }])
})
