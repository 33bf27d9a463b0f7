import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Account, SubscriptionStatus } from './account.ts'
import { diagnose } from './diagnose.ts'
import { nextLook } from './next-look.ts'
import { pastDue } from './past-due.ts'
import { accountInGoodStanding, accountThatOwes, noon, openInvoice, subscription } from './samples.ts'

const DAY = 86_400
const policy = { graceDays: 7 }
const until = noon + 5 * DAY
const grace = { until, invoices: ['in_october'] }
const look = (account: Account, now = noon) => diagnose(account, {}, policy, now)

test('granted time serves to its last second, says until when, and has the account looked at then', () => {
  const account = { ...accountThatOwes(), grace }
  expect(look(account)).toMatchObject({ access: true, blockers: [], warnings: [{ at: until }] })
  expect(look(account, until - 1).access).toBe(true)
  expect(look(account, until).access).toBe(false)
  expect(nextLook(account, policy, noon)).toBe(until)
})

test('the later of the merchant’s grace and support’s holds', () => {
  const invoice = { due: noon - DAY, created: noon - DAY }
  const merchants = noon + 6 * DAY
  expect(look({ ...accountThatOwes(invoice), grace: { ...grace, until: noon + DAY } }).warnings[0]?.at).toBe(merchants)
  const later = noon + 9 * DAY
  expect(look({ ...accountThatOwes(invoice), grace: { ...grace, until: later } }).warnings[0]?.at).toBe(later)
})

test('a subscription that Stripe has given up runs on as long as was granted, and not on the merchant’s own grace', () => {
  const unpaid = accountInGoodStanding({
    subscriptions: [subscription({ status: 'unpaid' })],
    openInvoices: [openInvoice({ due: noon - DAY })],
  })
  expect(look(unpaid).access).toBe(false)
  expect(look({ ...unpaid, grace })).toMatchObject({ access: true, warnings: [{ at: until }] })
  expect(look({ ...unpaid, grace }, until).access).toBe(false)
})

test('time is granted for invoices: paid, they leave nothing of it for the next one', () => {
  const next = accountThatOwes({ id: 'in_november' })
  expect(look({ ...next, grace }).access).toBe(false)
})

test('neither a hold nor a first payment that was never made is lifted by granted time', () => {
  expect(look({ ...accountThatOwes(), grace, hold: { since: noon } }).access).toBe(false)
  const first = accountInGoodStanding({
    subscriptions: [subscription({ status: 'incomplete' })],
    openInvoices: [openInvoice()],
  })
  expect(look({ ...first, grace }).access).toBe(false)
  expect(pastDue(first, policy, noon)).toBeUndefined()
})

test('what is past due names its invoices and when the merchant’s own grace ends', () => {
  expect(pastDue(accountThatOwes(), policy, noon)).toEqual({ invoices: ['in_october'], ends: noon })
  const inGrace = accountThatOwes({ due: noon - DAY })
  expect(pastDue({ ...inGrace, grace }, policy, noon)).toEqual({ invoices: ['in_october'], ends: noon + 6 * DAY })
  expect(pastDue(accountInGoodStanding(), policy, noon)).toBeUndefined()
  expect(pastDue({ ...accountThatOwes(), hold: { since: noon } }, policy, noon)).toBeUndefined()
  const contested = accountThatOwes({ payment: { state: 'succeeded', disputed: true } })
  expect(pastDue(contested, policy, noon)).toBeUndefined()
})

test('granted for all that is past due, time never takes access away, and gives it wherever nothing else blocks', () => {
  const statuses: SubscriptionStatus[] = [
    'active',
    'past_due',
    'unpaid',
    'incomplete',
    'paused',
    'canceled',
    'trialing',
  ]
  const one = fc.record({
    status: fc.constantFrom(...statuses),
    days: fc.integer({ min: 0, max: 30 }),
    owes: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 3 }), (plans) => {
      const account = accountInGoodStanding({
        subscriptions: plans.map(({ status }, index) =>
          subscription({ id: `sub_${index}`, status, latestInvoice: `in_${index}` }),
        ),
        openInvoices: plans.flatMap(({ days, owes }, index) =>
          owes
            ? [
                openInvoice({
                  id: `in_${index}`,
                  subscription: `sub_${index}`,
                  due: noon - days * DAY,
                  created: noon - days * DAY,
                }),
              ]
            : [],
        ),
      })
      const due = pastDue(account, policy, noon)
      const before = look(account)
      const after = look({ ...account, ...(due && { grace: { until, invoices: due.invoices } }) })
      const closedBy = (reason: string) => ['card_declined', 'invoice_overdue', 'no_payment_method'].includes(reason)
      const running = plans.every(({ status }) => ['active', 'past_due', 'trialing'].includes(status))
      const heals = due !== undefined && running && before.blockers.every(({ reason }) => closedBy(reason))
      expect([before.access && !after.access, heals && !after.access]).toEqual([false, false])
    }),
    { numRuns: 1_000 },
  )
})
