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
  expect(DeskAnswerSchema.parse(body).subscriptions).toMatchObject([
    {
      plan: 'Business',
      price: { amount: 149_00, currency: 'eur' },
      planned: { at: team.quote.later?.at, plan: 'Team', price: { amount: 49_00, currency: 'eur' }, mayUndo: false },
    },
  ])
})
