import { afterAll, beforeAll, expect, test } from 'vitest'
import { CheckAnswerSchema } from '#contract/check.ts'
import { VisitSchema } from '#contract/visit.ts'
import { reasons } from '#diagnosis/reason.ts'
import { usualScreens } from '#sandbox/demo/reason.ts'
import { scenarioNames, scenarioOf, type ScenarioName } from '#sandbox/demo/scenarios.ts'
import { ticketOf } from './test-portal.ts'
import { openTestStage, type TestStage } from './test-stage.ts'

let stage: TestStage

beforeAll(async () => {
  stage = await openTestStage()
})
afterAll(() => stage.close())

/** What the portal tells the app of a scenario, and which screen it has for the person. */
async function refusalOf(name: ScenarioName) {
  const { demo, portal } = stage
  const { account, actor } = await demo.stage(name)
  const { asks, tells } = scenarioOf(name)
  const told = tells && { reason: tells.reason, retry_after: tells.seconds }
  const question = { account, actor, client: 'browser', ...asks, ...told }
  const { body } = await portal.asApp('POST', '/v1/checks', question)
  const answer = CheckAnswerSchema.parse(body)
  if (answer.allowed) return { reasons: [] }
  const browser = portal.browser()
  await browser.exchange(ticketOf(body))
  const visit = await browser.get(`/api/visit?check=${answer.problem.request_id}`)
  const { blockers } = VisitSchema.parse(visit.body).diagnosis
  return { reasons: blockers.map(({ reason }) => reason), screen: blockers[0]?.fix }
}

test.each(scenarioNames)('%s is refused for the reasons it promises, and leads to its screen', async (name) => {
  const { reasons, screen } = scenarioOf(name)
  const [first] = reasons
  expect(await refusalOf(name)).toEqual({ reasons, ...(first && { screen: screen ?? usualScreens[first] }) })
})

test('every reason that the portal knows has a scenario, whose name is the reason', () => {
  const shown = new Set(scenarioNames.flatMap((name) => scenarioOf(name).reasons))
  expect([...shown].toSorted()).toEqual([...reasons].toSorted())
})
