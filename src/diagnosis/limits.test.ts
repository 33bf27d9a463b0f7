import { expect, test } from 'vitest'
import type { AccessRequest, Account } from './account.ts'
import { cast, diagnosisOf, merchantPolicy } from './cast.ts'
import { diagnose } from './diagnose.ts'
import type { Policy } from './policy.ts'
import { reasonFacts, reasons } from './reason.ts'
import { accountInGoodStanding, accountThatOwes, expiredVisa, noon, openInvoice, subscription } from './samples.ts'

const DAY = 86_400
const eur = (amount: number) => ({ amount, currency: 'eur' })
const reading = { since: noon - 10 * DAY, resets: noon + 20 * DAY, asOf: noon }
const look = (account: Account, request: AccessRequest = {}, policy: Policy = merchantPolicy, now = noon) =>
  diagnose(account, request, policy, now)
const found = (...[account, request, policy, now]: Parameters<typeof look>) =>
  look(account, request, policy, now).blockers.map(({ reason }) => reason)

test.each(reasons)('%s is found where it holds, alone and with the remedy of the table', (reason) => {
  const { blockers, access } = diagnosisOf(reason)
  expect(access).toBe(false)
  expect(blockers).toMatchObject([
    { reason, fix: reason === 'unknown' ? 'choose-plan' : reasonFacts[reason].fix, who: reasonFacts[reason].who },
  ])
})

test('while the merchant holds an account nothing else is asked of its customer', () => {
  const hold = { since: noon - DAY, note: 'Please call us' }
  expect(look(accountThatOwes({}, expiredVisa), {}).blockers).toMatchObject([{ reason: 'card_expired' }])
  expect(look({ ...accountThatOwes({}, expiredVisa), hold }).blockers).toEqual([
    {
      reason: 'account_frozen',
      fix: 'contact-support',
      who: 'vendor',
      since: noon - DAY,
      cause: 'hold',
      note: 'Please call us',
    },
  ])
})

test('who contests a charge is not asked to pay it again; the rest of the account is held only where the merchant says so', () => {
  const contested = {
    ...accountThatOwes({ payment: { state: 'requires_payment_method', disputed: true } }),
    dispute: { since: noon },
  }
  expect(look(contested).blockers).toMatchObject([{ reason: 'account_frozen', cause: 'dispute' }])
  const beside = accountInGoodStanding({ dispute: { since: noon } })
  expect(found(beside)).toEqual([])
  expect(found(beside, {}, { ...merchantPolicy, holdOnDispute: true })).toEqual(['account_frozen'])
})

test('a limit stops only the request that would break it', () => {
  const account = accountInGoodStanding({ usage: [{ meter: 'requests', used: 990, ...reading }] })
  expect(found(account, { meter: 'requests', quantity: 10 })).toEqual([])
  expect(look(account, { meter: 'requests', quantity: 11 }).blockers).toMatchObject([
    { reason: 'usage_limit_exceeded', used: 990, included: 1_000, requested: 11, resets: reading.resets },
  ])
  expect(found(account, { meter: 'lookups', quantity: 1_000 })).toEqual([])
})

test('who asks for nothing in particular is not stopped by a meter, only warned', () => {
  const { access, warnings } = look(accountInGoodStanding({ usage: [{ meter: 'requests', used: 1_000, ...reading }] }))
  expect(access).toBe(true)
  expect(warnings).toEqual([{ reason: 'usage_limit_exceeded', fix: 'raise-limit', at: reading.resets }])
})

test('what was never counted is unknown, and unknown stops nobody', () => {
  expect(found(accountInGoodStanding(), { meter: 'requests', quantity: 1e9 })).toEqual([])
  expect(found(accountInGoodStanding(), { meter: 'lookups', quantity: 1e9 })).toEqual([])
  expect(found(accountInGoodStanding(), { meter: 'seats', quantity: 1_000 })).toEqual([])
})

test('a period that is over counts for nothing', () => {
  const { account, request } = cast.usage_limit_exceeded
  expect(found(account, request, merchantPolicy, reading.resets)).toEqual([])
  const rated = cast.rate_limited
  expect(found(rated.account, rated.request, merchantPolicy, noon + 42)).toEqual([])
})

test('a soft limit warns and does not refuse', () => {
  const soft = {
    ...merchantPolicy,
    plans: { team_monthly: { name: 'Team', limits: { requests: { included: 1_000, hard: false } } } },
  }
  const { access, warnings } = look(cast.usage_limit_exceeded.account, { meter: 'requests', quantity: 500 }, soft)
  expect(access).toBe(true)
  expect(warnings).toMatchObject([{ reason: 'usage_limit_exceeded' }])
})

test('credits are drawn only beyond what the plan includes', () => {
  const policy = {
    ...merchantPolicy,
    plans: { team_monthly: { name: 'Team', limits: { lookups: { included: 5_000, hard: true } } } },
  }
  const { account } = cast.credits_exhausted
  expect(found(account, { meter: 'lookups', quantity: 20 }, policy)).toEqual([])
  expect(look(account, { meter: 'lookups', quantity: 21 }, policy).blockers).toMatchObject([
    { reason: 'credits_exhausted', balance: 10, needed: 11 },
  ])
})

test('a cap stops what would cost more than it allows, for the whole account or for one key', () => {
  const account = accountInGoodStanding({
    usage: [{ meter: 'routes', used: 12_000, ...reading }],
    caps: [
      { limit: eur(50_00), spent: eur(48_00) },
      { apiKey: 'key_web', limit: eur(10_00), spent: eur(10_00) },
    ],
  })
  expect(found(account, { meter: 'routes', quantity: 500 })).toEqual([])
  expect(found(account, { meter: 'routes', quantity: 501 })).toEqual(['spend_cap_reached'])
  expect(look(account, { meter: 'routes', apiKey: 'key_web' }).blockers).toMatchObject([
    { reason: 'spend_cap_reached', apiKey: 'key_web', limit: eur(10_00) },
  ])
  expect(found(account, { meter: 'routes', apiKey: 'key_ios' })).toEqual([])
})

test('plans add up: what is included, their seats and their features', () => {
  const both = accountInGoodStanding({
    seats: 29,
    usage: [{ meter: 'requests', used: 101_000, ...reading }],
    subscriptions: [
      subscription(),
      subscription({
        id: 'sub_business',
        items: [{ id: 'si_b', price: 'price_b', key: 'business_monthly', quantity: 1 }],
      }),
    ],
  })
  expect(found(both, { meter: 'seats' })).toEqual([])
  expect(found(both, { meter: 'seats', quantity: 2 })).toEqual(['seat_limit'])
  expect(found(both, { meter: 'requests' })).toEqual(['usage_limit_exceeded'])
  expect(found(both, { feature: 'offline_maps' })).toEqual([])
})

test('a feature that no plan sells is not withheld', () => {
  expect(found(accountInGoodStanding(), { feature: 'dark_mode' })).toEqual([])
})

test('a feature that is only sold by hand is asked of the merchant', () => {
  const byHand = {
    ...merchantPolicy,
    plans: { ...merchantPolicy.plans, addon: { name: 'Add-on', features: ['traffic'] } },
  }
  expect(look(accountInGoodStanding(), { feature: 'traffic' }, byHand).blockers).toMatchObject([
    { reason: 'plan_lacks_feature', fix: 'contact-support' },
  ])
})

test('of several plans the one that gives what was asked for decides', () => {
  const unpaid = openInvoice({ subscription: 'sub_business' })
  const account = accountInGoodStanding({
    subscriptions: [
      subscription(),
      subscription({
        id: 'sub_business',
        status: 'unpaid',
        items: [{ id: 'si_b', price: 'price_b', key: 'business_monthly', quantity: 1 }],
      }),
    ],
    openInvoices: [unpaid],
  })
  expect(found(account, { feature: 'tiles' })).toEqual([])
  expect(look(account, { feature: 'tiles' }).warnings).toMatchObject([{ fix: 'pay-invoice' }])
  expect(found(account, { feature: 'offline_maps' })).toEqual(['invoice_overdue'])
  expect(found(account, {})).toEqual(['invoice_overdue'])
})

test('an expired card and a spend cap are one visit with two steps, in this order', () => {
  const { account, request } = cast.spend_cap_reached
  const both: Account = { ...account, ...accountThatOwes({}, expiredVisa) }
  expect(found(both, request)).toEqual(['card_expired', 'spend_cap_reached'])
})

test('who still owes for their plan pays for it before they are sold a larger one, even within the grace', () => {
  const owes = accountThatOwes({ due: noon - DAY }, expiredVisa)
  expect(found(owes)).toEqual([])
  expect(found(owes, { feature: 'offline_maps' })).toEqual(['card_expired', 'plan_lacks_feature'])
})

test('what only the app can know is believed, and only for a while; what we can see is not', () => {
  const told = (reason: (typeof reasons)[number], until?: number) => ({
    told: { reason, at: noon - 60, ...(until !== undefined && { until }) },
  })
  expect(found(accountInGoodStanding(), told('card_expired'))).toEqual([])
  expect(found(accountInGoodStanding(), told('rate_limited', noon + 30))).toEqual(['rate_limited'])
  expect(found(accountInGoodStanding(), told('rate_limited', noon))).toEqual([])
  expect(found(accountInGoodStanding(), told('upstream_billing'), merchantPolicy, noon + 841)).toEqual([])
  expect(found(accountInGoodStanding(), told('seat_limit'))).toEqual(['seat_limit'])
  expect(found(accountInGoodStanding({ seats: 4 }), told('seat_limit'))).toEqual([])
  expect(found(accountInGoodStanding({ seats: 5 }), told('seat_limit'))).toEqual(['seat_limit'])
  expect(found(accountInGoodStanding(), told('credits_exhausted'))).toEqual(['credits_exhausted'])
  expect(found(accountInGoodStanding({ credits: { balance: 5, asOf: noon } }), told('credits_exhausted'))).toEqual([])
})

test('what Stripe’s own system paused is asked of the merchant', () => {
  const paused = accountInGoodStanding({ subscriptions: [subscription({ status: 'paused', pausedBy: 'system' })] })
  expect(look(paused).blockers).toMatchObject([{ reason: 'subscription_paused', fix: 'contact-support' }])
})

test('a deleted customer is helped by people, one who never had a plan may choose one where any is offered', () => {
  expect(look({ ...accountInGoodStanding(), customer: 'deleted' }).blockers).toMatchObject([
    { reason: 'unknown', fix: 'contact-support', cause: 'customer_deleted' },
  ])
  const never = accountInGoodStanding({ subscriptions: [] })
  expect(look(never).blockers).toMatchObject([{ fix: 'choose-plan', cause: 'no_plan' }])
  expect(look(never, {}, { graceDays: 7 }).blockers).toMatchObject([{ fix: 'diagnosis', cause: 'no_plan' }])
  expect(found(never, {}, { ...merchantPolicy, prepaid: true })).toEqual([])
})

test('an invoice that waits for an address says so: a warning while all is well, a step where it blocks', () => {
  const draft = { invoice: 'in_draft', problem: 'location' } as const
  const served = look(accountInGoodStanding({ details: ['address'], subscriptions: [subscription({ draft })] }))
  expect(served).toMatchObject({ access: true, warnings: [{ reason: 'billing_details_missing' }] })
  const paused = accountInGoodStanding({
    details: ['address'],
    subscriptions: [subscription({ status: 'paused', draft })],
  })
  expect(look(paused).blockers).toMatchObject([
    { reason: 'billing_details_missing', missing: ['address'], invoice: 'in_draft' },
  ])
})

test('what an ended plan still owes is asked for first only where the merchant says so', () => {
  const ended = accountInGoodStanding({
    subscriptions: [subscription({ status: 'canceled', endedAt: noon - DAY })],
    openInvoices: [openInvoice()],
  })
  expect(found(ended)).toEqual(['subscription_canceled'])
  expect(found(ended, {}, { ...merchantPolicy, settleBeforeRenewing: true })).toEqual(['invoice_overdue'])
})
