import { afterAll, beforeAll, expect, test } from 'vitest'
import { DiagnosisSchema } from '#contract/diagnosis.ts'
import { OverviewSchema } from '#contract/overview.ts'
import { bankAsks, cardDeclined, firstPaymentUnfinished, inGrace, trialPaused } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk } from './stripe/test-desk.ts'
import { openTestPortal, type TestPortal } from './test-portal.ts'

const who = { name: 'Acme GmbH', email: 'anna@acme.example' }
/** As amounts, cards, clients' secrets and invoices would stand on the wire. */
const money = /"amount|"total|"remaining|"price|last4|"brand|pm_|_secret_|"in_/
let bench: Bench
let portal: TestPortal
let open: TestPortal
let studio: Studio
let desk: Desk

beforeAll(async () => {
  bench = await openBench()
  portal = await openTestPortal(bench.origin)
  open = await openTestPortal(bench.origin, { merchant: { showAmountsToMembers: true }, clock: portal.clock })
  desk = openDesk(portal, bench)
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
})
afterAll(async () => {
  await portal?.close()
  await open?.close()
  await bench?.close()
})

const states = { cardDeclined, inGrace, trialPaused, firstPaymentUnfinished }

test.each(Object.entries(states))('%s: a member learns why and who can, and no amount or card', async (_, build) => {
  const { account, browser } = await desk.enter(build(studio, who))
  const member = portal.browser()
  const check = await member.enter(account, 'sam')
  const seen = await member.get(`/api/visit?check=${check}`)
  const { diagnosis } = seen.body as { diagnosis: unknown }
  const full = (await browser.get('/api/visit')).body as { diagnosis: unknown }
  expect(seen.text).not.toMatch(money)
  const [mine, theirs] = [DiagnosisSchema.parse(diagnosis), DiagnosisSchema.parse(full.diagnosis)]
  const known = ({ reason, fix }: { reason: string; fix: string }) => [reason, fix]
  expect(mine.blockers.map(known)).toEqual(theirs.blockers.map(known))
  expect(mine.warnings.map(known)).toEqual(theirs.warnings.map(known))
  expect(mine.blockers.map(({ who, since }) => [who, since])).toEqual(
    theirs.blockers.map(({ who, since }) => [who, since]),
  )
})

test('the overview of a member has plans and due dates, and no amount or card', async () => {
  const { account } = await desk.enter(cardDeclined(studio, who))
  const member = portal.browser()
  await member.enter(account, 'vic')
  const { body } = await member.get('/api/overview')
  const overview = OverviewSchema.parse(body)
  expect(overview.subscriptions).toMatchObject([{ plan: 'Team' }])
  expect(overview.openInvoices).toMatchObject([{ state: 'overdue' }])
  expect(
    JSON.stringify({
      ...overview,
      openInvoices: overview.openInvoices.map((invoice) => ({ ...invoice, id: '' })),
      invoices: overview.invoices?.map((invoice) => ({ ...invoice, id: '' })),
    }),
  ).not.toMatch(money)
})

test('of a decline a member hears only that there was one', async () => {
  const { account } = await desk.enter(cardDeclined(studio, who))
  const member = portal.browser()
  await member.enter(account, 'sam')
  const { diagnosis } = (await member.get('/api/visit')).body as { diagnosis: { blockers: unknown[] } }
  expect(diagnosis.blockers).toMatchObject([{ reason: 'card_declined', decline: 'bank', sameCardCanWork: false }])
})

test('the refusal that an app passes on to a member names no amount; a payer’s does', async () => {
  const { account } = await desk.enter(bankAsks(studio, who))
  const refusal = async (actor: string) => (await portal.asApp('POST', '/v1/checks', { account, actor })).text
  expect(await refusal('sam')).not.toContain('amount_due')
  expect(await refusal('anna')).toContain('"amount_due":4900')
})

test('where the merchant shows amounts to members, they see them, and still cannot pay', async () => {
  const { customer } = await desk.enter(cardDeclined(studio, who))
  await open.register('acct_open', { stripe_customer: customer })
  const member = open.browser()
  await member.enter('acct_open', 'sam')
  expect((await member.get('/api/visit')).body).toMatchObject({
    mayPay: false,
    diagnosis: { blockers: [{ debt: { total: { amount: 49_00, currency: 'eur' } } }] },
  })
  expect((await member.get('/api/overview')).text).toContain('0341')
})
