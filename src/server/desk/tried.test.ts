import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AuditPage } from '#contract/desk-audit.ts'
import { cardDeclined, healthy } from '#sandbox/demo/building.ts'
import type { Studio } from '#sandbox/demo/customer.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import type { Desk } from '#server/test-identity.ts'
import { act, openActs, pathTo, press, readByCustomer, who, type ActStage } from './test-acts.ts'

let bench: Bench
let stage: ActStage
let studio: Studio
let operator: Desk
let admin: Desk

beforeAll(async () => {
  bench = await openBench()
  stage = await openActs(bench, {}, { goodwill: { credits: 100 } })
  studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: stage.portal.clock.now }
  operator = await stage.desk('operator')
  admin = await stage.desk('admin')
})
afterAll(async () => {
  await stage?.close()
  await bench?.close()
})

const nobodys = `chk_${'0'.repeat(22)}`
/** What a rule stands against: where it is sent, what is asked, and what the row says of it. */
const tries: readonly (readonly [string, object, object])[] = [
  ['grace', { until: inDays(3) }, { refused: 'invalid-request', because: 'not-past-due' }],
  ['grace', { until: null }, { refused: 'invalid-request', because: 'not-granted' }],
  ['goodwill', { gift: { kind: 'credits', credits: 101 } }, { refused: 'invalid-request', because: 'over-cap' }],
  [
    'goodwill',
    { gift: { kind: 'money', amount: 1, currency: 'eur' } },
    { refused: 'invalid-request', because: 'not-offered' },
  ],
  [
    'notes',
    { about: { kind: 'invoice', invoice: 'in_ofSomebodyElse' }, text: 'x' },
    { refused: 'invalid-request', because: 'unknown-invoice' },
  ],
  [`notes/not_${'0'.repeat(22)}/close`, {}, { refused: 'not-found' }],
  ['lift-hold', {}, { refused: 'invalid-request', because: 'not-held' }],
  ['view-as', { check: nobodys }, { refused: 'not-found' }],
  ['view-as', { member: 'nobody' }, { refused: 'not-found' }],
  ['send-link', { member: 'nobody', by: 'hand' }, { refused: 'not-found' }],
  ['send-link', { member: 'anna', by: 'hand' }, { refused: 'stale-link' }],
  [`events/evt_${'0'.repeat(22)}/resend`, {}, { refused: 'not-found' }],
]

function inDays(days: number): number {
  return Math.floor(Date.now() / 1_000) + days * 86_400
}

async function rowsOf(account: string): Promise<AuditPage['rows']> {
  const { body } = await admin.get(`/api/desk/audit?account=${account}`)
  return (body as AuditPage).rows
}

test.each(tries)(
  '%s %j, refused by a rule, is one row that says why it was tried and what stood against it',
  async (path, body, detail) => {
    const { account } = await stage.customers.enter(healthy(studio, who))
    const answer = await press(operator, `${pathTo(account)}/${path}`, body)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    const rows = await rowsOf(account)
    expect(rows).toMatchObject([{ reason: 'They asked for it', detail, staff: { role: 'operator' } }])
    expect(answer.headers.get('x-desk-look')).toBe(rows[0]?.id)
    expect(await readByCustomer(stage, account)).toEqual([])
  },
)

test('a Stripe that does not answer and a key that was used for something else are tries too', async () => {
  const { account } = await stage.customers.enter(cardDeclined(studio, who))
  const key = randomUUID()
  await act(operator, account, 'hold', {}, key)
  await press(operator, `${pathTo(account)}/hold`, { note: 'Other words' }, key)
  // Nobody has read this one yet.
  await stage.portal.register('acct_unread', { stripe_customer: 'cus_unread' })
  await stage.customers.fault({ method: 'GET', path: '^/v1/', kind: 'reset', times: 1_000 })
  const silent = await press(operator, `${pathTo('acct_unread')}/grace`, { until: inDays(3) })
  await stage.customers.heal()
  expect(silent.status).toBe(503)
  const rows = [...(await rowsOf('acct_unread')), ...(await rowsOf(account))]
  expect(rows.map(({ deed, detail }) => [deed, detail?.['refused']])).toEqual([
    ['extend-grace', 'stripe-unreachable'],
    ['hold', 'key-reused'],
    ['hold', undefined],
  ])
})

test('what is no act at all, because it lacks its reason or cannot be understood, leaves none', async () => {
  const { account } = await stage.customers.enter(healthy(studio, who))
  const answers = [
    await press(operator, `${pathTo(account)}/hold`, { reason: '  ' }),
    await press(operator, `${pathTo(account)}/grace`, { until: 'soon' }),
    await operator.post(`${pathTo(account)}/re-read`, {}),
  ]
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400])
  expect(await rowsOf(account)).toEqual([])
})
