import { afterAll, beforeAll, expect, test } from 'vitest'
import { CheckAnswerSchema } from '#contract/check.ts'
import { DeskAnswerSchema, type DeskAnswer } from '#contract/desk-answer.ts'
import { reasons, type Reason } from '#diagnosis/reason.ts'
import { usualScreens } from '#sandbox/demo/reason.ts'
import { findScenario, scenarioOf, type ScenarioName } from '#sandbox/demo/scenarios.ts'
import { openDesk, openTestIdentity, type Desk, type TestIdentity } from '#server/test-identity.ts'
import { otherAppKey } from '#server/test-portal.ts'
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

test('the newest refusal is meant where none is named, and it is said whether it would be served now', async () => {
  const { account, check } = await refused('usage-limit')
  expect((await read(agent, account)).refused).toMatchObject({ check, pinned: false, now: 'refused' })
})

test('who was refused and may not pay sees whom to ask; the owner sees the fix', async () => {
  const { account } = await stage.demo.stage('card-declined')
  const { body } = await stage.portal.asApp('GET', `/v1/accounts/${account}`)
  const { members, label, stripe_customer } = body as {
    members: { id: string; role: string }[]
    label: string
    stripe_customer: string
  }
  const people = [...members, { id: 'u_reader', role: 'viewer', name: 'Vic' }]
  await stage.portal.register(account, { label, stripe_customer, members: people })
  const answer = await stage.portal.asApp('POST', '/v1/checks', { account, actor: 'u_reader' })
  const { problem } = answer.body as { problem: { request_id: string } }
  const { sees } = await read(agent, account, problem.request_id)
  expect(sees).toMatchObject([
    { as: 'owner', screen: 'update-card' },
    { as: 'refused', screen: 'ask-admin', person: { id: 'u_reader' } },
  ])
})

test('a raw code that must not be told is shown to staff as such', async () => {
  const { account, check } = await refused('card-declined')
  const { blockers } = await read(agent, account, check)
  expect(blockers[0]?.charges[0]).toMatchObject({ state: 'requires_payment_method', error: { secret: false } })
  expect(blockers[0]?.charges[0]?.error?.declineCode).toBeTruthy()
})

test('while Stripe is silent the last reading is shown as one, and nobody is told that all is well', async () => {
  const { account, check } = await refused('card-declined')
  const { account: fresh } = await stage.demo.stage('no-card')
  await stage.bench.lever('POST', 'faults', { method: 'GET', path: '/v1/.*', kind: 'error', status: 500, times: 1_000 })
  try {
    expect(await read(agent, account, check)).toMatchObject({
      verdict: 'blocked',
      stripe: { source: 'mirror' },
      refused: { now: 'refused' },
    })
    expect(await read(agent, fresh)).toMatchObject({ verdict: 'unchecked', stripe: { source: 'none' }, blockers: [] })
  } finally {
    await stage.bench.lever('DELETE', 'faults')
  }
})

test('a hold, a deleted customer, and an account that has none', async () => {
  const held = await refused('account-on-hold')
  const note = {
    hold: { since: expect.any(Number) },
    blockers: [{ blocker: { reason: 'account_frozen', who: 'vendor' } }],
  }
  expect(await read(agent, held.account, held.check)).toMatchObject(note)
  const customer = await stage.bench.stripe.customers.create({})
  await stage.bench.stripe.customers.del(customer.id)
  await stage.portal.register('acct_deleted', { stripe_customer: customer.id })
  expect(await read(agent, 'acct_deleted')).toMatchObject({ stripe: { customer: 'deleted', id: customer.id } })
  await stage.portal.register('acct_bare', { members: [] })
  expect(await read(agent, 'acct_bare')).toMatchObject({
    stripe: { customer: 'none' },
    team: { total: 0 },
    told: { events: [] },
  })
})

test('of many people those who can mend it come first, and how many there are is said', async () => {
  const many = Array.from({ length: 40 }, (_, one) => ({ id: `u_${one}`, role: one === 39 ? 'owner' : 'member' }))
  await stage.portal.register('acct_crowd', { members: many })
  const { team } = await read(agent, 'acct_crowd')
  expect(team.members).toHaveLength(30)
  expect([team.total, team.members[0]?.person.id, team.members[0]?.canFix]).toEqual([40, 'u_39', true])
})

test('accounts that share a customer or an address with it are named', async () => {
  const customer = await stage.bench.stripe.customers.create({ email: 'one@twin.example' })
  const twin = await stage.bench.stripe.customers.create({ email: 'one@twin.example' })
  const members = [{ id: 'dora', role: 'owner', email: 'dora@twin.example' }]
  await stage.portal.register('acct_first', { stripe_customer: customer.id, members })
  await stage.portal.register('acct_same_customer', { stripe_customer: customer.id, members: [] })
  await stage.portal.register('acct_same_person', {
    members: [{ id: 'x', role: 'member', email: 'Dora@twin.example' }],
  })
  await stage.portal.register('acct_same_bills', { stripe_customer: twin.id, members: [] }, otherAppKey)
  const { duplicates } = await read(agent, 'acct_first')
  expect(new Map(duplicates.map(({ account, shares }) => [account.id, shares]))).toEqual(
    new Map([
      ['acct_same_customer', 'customer'],
      ['acct_same_person', 'email'],
      ['acct_same_bills', 'email'],
    ]),
  )
})

test('an unknown account, another app’s, and another account’s refusal are the same nothing', async () => {
  const { account, check } = await refused('card-declined')
  const other = await stage.demo.stage('no-card')
  const paths = [
    'app_maps/acct_unknown',
    `app_tiles/${account}`,
    `app_gone/${account}`,
    `app_maps/${other.account}?check=${check}`,
    `app_maps/${account}?check=chk_0123456789abcdefghijkl`,
  ]
  const answers = await Promise.all(paths.map((path) => agent.get(`/api/desk/accounts/${path}`)))
  const told = answers.map(({ status, body }) => [status, { ...(body as object), request_id: '' }])
  expect(new Set(told.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(told[0]?.[0]).toBe(404)
})

test('a page that stays open is one look; another page is another', async () => {
  const { account, check } = await refused('card-declined')
  const path = `/api/desk/accounts/app_maps/${account}?check=${check}`
  const first = await agent.get(path)
  const look = first.headers.get('x-desk-look') ?? ''
  expect(look).toMatch(/^aud_/)
  expect((await agent.get(path, { 'x-desk-look': look })).headers.get('x-desk-look')).toBeNull()
  expect(
    (await agent.get(`/api/desk/accounts/app_maps/${account}`, { 'x-desk-look': look })).headers.get('x-desk-look'),
  ).toMatch(/^aud_/)
})

test('what was refused more than a week ago is not what somebody asks about', async () => {
  const { account, check } = await refused('usage-limit')
  stage.portal.clock.now += 8 * 86_400
  const later = await openDesk(stage.portal, identity, 'viewer')
  expect((await read(later, account)).refused).toBeUndefined()
  expect((await read(later, account, check)).refused).toMatchObject({ check })
})
