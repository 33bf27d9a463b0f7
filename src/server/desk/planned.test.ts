import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DeskAnswerSchema } from '#contract/desk-answer.ts'
import { OffersSchema } from '#contract/offer.ts'
import { act } from '#server/plan/test-plan.ts'
import { planFrom } from '#server/stripe/test-market.ts'
import { openDesk, openTestIdentity, type Desk, type TestIdentity } from '#server/test-identity.ts'
import { openTestStage, type TestStage } from '#server/test-stage.ts'

let identity: TestIdentity
let stage: TestStage
let agent: Desk

beforeAll(async () => {
  identity = await openTestIdentity()
  stage = await openTestStage({ desk: identity.desk })
  agent = await openDesk(stage.portal, identity, 'agent')
})
afterAll(async () => {
  await stage.close()
  await identity.close()
})

test('support reads what a customer still has, and what they have chosen instead from when on', async () => {
  const { account } = await stage.demo.stage('larger-than-needed')
  const browser = stage.portal.browser()
  await browser.enter(account)
  const { plans } = OffersSchema.parse((await browser.get('/api/offers')).body)
  const team = plans.find(({ key }) => key === 'team_monthly')
  if (!team) throw new Error('Team is not offered')
  await act(browser, { act: 'change', plan: planFrom(team) }, randomUUID())
  const { body } = await agent.get(`/api/desk/accounts/app_maps/${account}`)
  const { subscriptions, next } = DeskAnswerSchema.parse(body)
  const [at, price] = [team.quote.later?.at, { amount: 49_00, currency: 'eur' }]
  expect(subscriptions).toMatchObject([
    {
      plan: 'Business',
      price: { amount: 149_00, currency: 'eur' },
      planned: { at, plan: 'Team', price, mayUndo: false },
    },
  ])
  expect(next).toMatchObject([
    { what: 'changes', at, of: 'Business', to: 'Team', money: price },
    { what: 'renews', at, of: 'Team', money: price },
  ])
})

test('a plan that ends with its period says when; one that a schedule drives says that', async () => {
  const { account, subscriptions } = await stage.demo.stage('healthy')
  const [id = ''] = subscriptions
  const { cancel_at: at } = await stage.bench.stripe.subscriptions.update(id, { cancel_at_period_end: true })
  await stage.bench.lever('POST', `subscriptions/${id}`, { schedule: true })
  const { body } = await agent.get(`/api/desk/accounts/app_maps/${account}`)
  const answer = DeskAnswerSchema.parse(body)
  expect(answer.next).toMatchObject([{ what: 'cancels', at }])
  expect(answer.subscriptions).toMatchObject([{ id, scheduled: true }])
})
