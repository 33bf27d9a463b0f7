import { afterAll, beforeAll, expect, test } from 'vitest'
import { CheckAnswerSchema } from '#contract/check.ts'
import { DeskAnswerSchema, type DeskAnswer } from '#contract/desk-answer.ts'
import { reasons, type Reason } from '#diagnosis/reason.ts'
import { usualScreens } from '#sandbox/demo/reason.ts'
import { findScenario, scenarioOf, type ScenarioName } from '#sandbox/demo/scenarios.ts'
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

/** The scenario's request is refused; what the customer was told. */
async function refused(name: ScenarioName) {
  const { account, actor } = await stage.demo.stage(name)
  const { asks, tells } = scenarioOf(name)
  const told = tells && { reason: tells.reason, retry_after: tells.seconds }
  const { body } = await stage.portal.asApp('POST', '/v1/checks', { account, actor, ...asks, ...told })
  const answer = CheckAnswerSchema.parse(body)
  if (answer.allowed) throw new Error(`${name} is served`)
  return { account, actor, check: answer.problem.request_id, problem: answer.problem }
}

async function read(desk: Desk, account: string, check?: string): Promise<DeskAnswer> {
  const query = check === undefined ? '' : `?check=${check}`
  const { body } = await desk.get(`/api/desk/accounts/app_maps/${account}${query}`)
  return DeskAnswerSchema.parse(body)
}

/** A reason's plainest scenario. */
function scenarioFor(reason: Reason): ScenarioName {
  const name = findScenario(reason)
  if (name === undefined) throw new Error(`no scenario for ${reason}`)
  return name
}

test.each(reasons)(
  'why it is %s: the words of the refusal, the rule that refused, and the screen that mends it',
  async (reason) => {
    const name = scenarioFor(reason)
    const { account, check, problem } = await refused(name)
    const answer = await read(agent, account, check)
    expect(answer).toMatchObject({ verdict: 'blocked', stripe: { source: 'live' } })
    expect(answer.blockers[0]).toMatchObject({ blocker: { reason }, title: problem.title, sentence: problem.detail })
    expect(answer.refused).toMatchObject({
      check,
      pinned: true,
      reason: problem.reason,
      title: problem.title,
      now: 'refused',
    })
    expect(answer.refused?.rule?.blockers[0]?.blocker).toEqual(answer.blockers[0]?.blocker)
    const screen = scenarioOf(name).screen ?? usualScreens[reason]
    expect(answer.sees[0]).toMatchObject({ as: 'owner', screen, path: `/fix/${screen}?check=${check}` })
    expect(answer.link).toMatchObject({ url: problem.fix.url, code: problem.fix.code, screen })
  },
)
