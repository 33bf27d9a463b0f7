import { afterAll, beforeAll, expect, test } from 'vitest'
import { DeskSearchSchema, type DeskSearch } from '#contract/desk-search.ts'
import { openDesk, openTestIdentity, type Desk, type TestIdentity } from '#server/test-identity.ts'
import { otherAppKey } from '#server/test-portal.ts'
import { openTestStage, type TestStage } from '#server/test-stage.ts'

let identity: TestIdentity
let stage: TestStage
let agent: Desk
/** Acme's card was declined: its refusal, and what of Stripe's belongs to it. */
let acme: {
  account: string
  check: string
  code: string
  url: string
  problem: object
  customer: string
  subscription: string
  invoice: string
  number: string
}

beforeAll(async () => {
  identity = await openTestIdentity()
  stage = await openTestStage({ desk: identity.desk })
  agent = await openDesk(stage.portal, identity, 'agent')
  const { account, customer, actor, invoice = '', subscriptions } = await stage.demo.stage('card-declined')
  const { body } = await stage.portal.asApp('POST', '/v1/checks', { account, actor })
  const { problem } = body as { problem: { request_id: string; fix: { code: string; url: string } } }
  const { number } = await stage.bench.stripe.invoices.retrieve(invoice)
  acme = {
    account,
    check: problem.request_id,
    code: problem.fix.code,
    url: problem.fix.url,
    problem,
    customer,
    subscription: subscriptions[0] ?? '',
    invoice,
    number: number ?? '',
  }
})
afterAll(async () => {
  await stage.close()
  await identity.close()
})

async function find(query: string, desk = agent): Promise<DeskSearch> {
  const { status, body, text } = await desk.post('/api/desk/search', { query })
  if (status !== 200) throw new Error(text)
  return DeskSearchSchema.parse(body)
}

const found = ({ matches }: DeskSearch) => matches.map(({ account }) => account.id)

const itemOf = async () => (await stage.bench.stripe.subscriptions.retrieve(acme.subscription)).items.data[0]?.id ?? ''
const paymentOf = async () => {
  const { data } = await stage.bench.stripe.paymentIntents.list({ customer: acme.customer, limit: 1 })
  const { id = '', latest_charge: charge } = data[0] ?? {}
  return { id, charge: typeof charge === 'string' ? charge : '' }
}
const methodOf = async () => {
  const { data } = await stage.bench.stripe.paymentMethods.list({ customer: acme.customer })
  return data[0] ?? { id: '' }
}
const eventOf = async () => {
  const { data } = await stage.bench.stripe.events.list({ type: 'invoice.payment_failed' })
  const mine = data.find(({ data: { object } }) => 'customer' in object && object.customer === acme.customer)
  return mine ?? { id: '' }
}

test.each<[string, string, () => string | Promise<string>]>([
  ['a short code', 'code', () => acme.code],
  ['a code as it is said over the phone', 'code', () => acme.code.toLowerCase().replace('-', ' ')],
  ['the short address', 'code', () => acme.url],
  ['a check', 'check', () => acme.check],
  ['an address with the check', 'check', () => `https://billing.example/fix/update-card?check=${acme.check}`],
  ['the name of the refusal', 'check', () => `urn:fix402:check:${acme.check}`],
  ['the whole refusal, pasted', 'check', () => JSON.stringify(acme.problem, null, 2)],
])('%s finds the account, and the refused request with it', async (_, kind, query) => {
  const answer = await find(await query())
  expect(answer).toMatchObject({ kinds: [kind], more: false, matches: [{ check: acme.check }] })
  expect(found(answer)).toEqual([acme.account])
})

test.each<[string, string, () => string | Promise<string>]>([
  ['an account id', 'account', () => acme.account],
  ['a customer', 'customer', () => acme.customer],
  ['an address of Stripe’s dashboard', 'customer', () => `https://dashboard.stripe.com/customers/${acme.customer}`],
  ['a subscription', 'subscription', () => acme.subscription],
  ['an invoice', 'invoice', () => acme.invoice],
  ['an invoice number', 'invoice-number', () => acme.number],
  ['an invoice number in another case', 'invoice-number', () => acme.number.toLowerCase()],
  ['an item of a subscription', 'subscription-item', itemOf],
  ['a payment', 'payment', async () => (await paymentOf()).id],
  ['a charge', 'charge', async () => (await paymentOf()).charge],
  ['a card’s id', 'method', async () => (await methodOf()).id],
  ['an event of Stripe’s', 'event', async () => (await eventOf()).id],
])('%s finds the account', async (_, kind, query) => {
  const answer = await find(await query())
  expect(answer).toMatchObject({ kinds: [kind], more: false })
  expect(found(answer)).toEqual([acme.account])
})

test('a card is found by its last four digits and its expiry, as the last reading saw it', async () => {
  const { data } = await stage.bench.stripe.paymentMethods.list({ customer: acme.customer })
  const { last4 = '', exp_month: month = 0, exp_year: year = 0 } = data[0]?.card ?? {}
  expect(found(await find(`${last4} ${month}/${year % 100}`))).toEqual([acme.account])
  expect(found(await find(`•••• ${last4}, ${String(month).padStart(2, '0')}/${year}`))).toEqual([acme.account])
  expect(found(await find(`${last4} ${(month % 12) + 1}/${year % 100}`))).toEqual([])
  expect(found(await find(last4))).toEqual([])
})

test('a saved card of which no event came is found once its people have looked at their payment methods, while it is on that list', async () => {
  const { paymentMethods } = stage.bench.stripe
  const { id, card } = await paymentMethods.attach('pm_card_jcb', { customer: acme.customer })
  const query = `${card?.last4} ${card?.exp_month}/${card?.exp_year}`
  expect(found(await find(query))).toEqual([])
  const browser = stage.portal.browser()
  await browser.enter(acme.account)
  await browser.get('/api/payment-methods')
  expect(found(await find(query))).toEqual([acme.account])
  await paymentMethods.detach(id)
  await browser.get('/api/payment-methods')
  expect(found(await find(query))).toEqual([])
})

test('an address finds whoever has it: a member, who gets letters about billing, and Stripe’s customer', async () => {
  const email = 'Quirin.Zwei@zwei.example'
  await stage.portal.register('acct_mine', { members: [{ id: 'quirin', role: 'member', name: 'Quirin Zwei', email }] })
  const customer = await stage.bench.stripe.customers.create({ email: 'books@zwei.example' })
  await stage.portal.register('acct_theirs', { stripe_customer: customer.id })
  const byMember = await find('quirin.zwei@ZWEI.example')
  expect(byMember.kinds).toEqual(['email'])
  expect(byMember.matches).toMatchObject([
    {
      account: { id: 'acct_mine' },
      person: { id: 'quirin', name: { text: 'Q. Z.' }, email: { text: 'Q•••@z•••.example' } },
    },
  ])
  expect(found(await find('books@zwei.example'))).toEqual(['acct_theirs'])
})

test('of an account two people fit, and it is told once', async () => {
  const email = 'shared@zwei.example'
  const members = [
    { id: 'one', role: 'owner', email },
    { id: 'two', role: 'member', email },
  ]
  await stage.portal.register('acct_shared', { members })
  expect(found(await find(email))).toEqual(['acct_shared'])
})

test('the accounts of every app are found, each under its own', async () => {
  await stage.portal.register('acct_twice', { label: 'Here' })
  await stage.portal.register('acct_twice', { label: 'There' }, otherAppKey)
  const { matches } = await find('acct_twice')
  expect(matches.map(({ app, account }) => [app.id, account.label])).toEqual([
    ['app_maps', 'Here'],
    ['app_tiles', 'There'],
  ])
})

test.each(['acct_', 'acct_min', '%', 'acct_%', '*', '@zwei.example', 'zwei', '_____', 'a@b', '""', "number:'x'"])(
  'nothing is found by a part of it: %s',
  async (query) => {
    expect((await find(query)).matches).toEqual([])
  },
)

test('at most ten are told, and that there are more', async () => {
  const email = 'agency@everywhere.example'
  for (let one = 0; one < 12; one++) {
    await stage.portal.register(`acct_many_${one}`, { members: [{ id: 'agency', role: 'owner', email }] })
  }
  const { matches, more } = await find(email)
  expect(matches).toHaveLength(10)
  expect(more).toBe(true)
})

test('a code that has run out, was taken back or never was: the same nothing', async () => {
  const { account } = acme
  const { body } = await stage.portal.asApp('POST', '/v1/checks', { account })
  const { problem } = body as { problem: { request_id: string; fix: { code: string } } }
  await stage.portal.asApp('DELETE', `/v1/checks/${problem.request_id}`)
  const never = await find('0000-0000')
  expect(never.matches).toEqual([])
  expect(await find(problem.fix.code)).toEqual(never)
})

test('a customer of Stripe’s whom no app has registered is said to be one', async () => {
  const { id } = await stage.bench.stripe.customers.create({ email: 'nobody@nowhere.example' })
  expect(await find('nobody@nowhere.example')).toMatchObject({ matches: [], customer: id })
})

test.each(['4242 4242 4242 4242 12/34', '4242424242424242', 'card: 5555-5555-5555-4444', '3782 822463 10005'])(
  'a whole card number is neither searched for nor kept: %s',
  async (number) => {
    expect(await find(number)).toMatchObject({ matches: [], wholeCard: true, kinds: [] })
  },
)

test('what was searched for is in no log', async () => {
  await find('very.secret@person.example')
  expect(JSON.stringify(stage.portal.logged)).not.toContain('very.secret')
})

test('while Stripe is silent it is said, and what our rows know is found all the same', async () => {
  await stage.bench.lever('POST', 'faults', { method: 'GET', path: '/v1/.*', kind: 'error', status: 500, times: 1_000 })
  try {
    expect(await find(acme.invoice)).toMatchObject({
      stripe: 'not-needed',
      matches: [{ account: { id: acme.account } }],
    })
    expect(await find(acme.number)).toMatchObject({ stripe: 'silent', matches: [{ account: { id: acme.account } }] })
    expect(await find('quirin.zwei@zwei.example')).toMatchObject({
      stripe: 'silent',
      matches: [{ account: { id: 'acct_mine' } }],
    })
    expect(await find('pi_unknown1')).toMatchObject({ stripe: 'silent', matches: [] })
  } finally {
    await stage.bench.lever('DELETE', 'faults')
  }
})

test('where Stripe has no search for invoice numbers, open invoices are found and it is said', async () => {
  const fault = { method: 'GET', path: '/v1/invoices/search', kind: 'error', status: 400, times: 10 }
  await stage.bench.lever('POST', 'faults', fault)
  try {
    expect(await find(acme.number)).toMatchObject({
      stripe: 'no-search',
      matches: [{ account: { id: acme.account } }],
    })
    expect(await find('NOBODY-0001')).toMatchObject({ stripe: 'no-search', matches: [] })
  } finally {
    await stage.bench.lever('DELETE', 'faults')
  }
})

test('nobody searches without having signed in, nor through a page of elsewhere', async () => {
  const { cookie } = agent
  agent.cookie = undefined
  expect((await agent.post('/api/desk/search', { query: acme.code })).status).toBe(401)
  agent.cookie = cookie
  const foreign = await agent.ask('POST', '/api/desk/search', { query: acme.code }, { origin: 'https://evil.example' })
  expect(foreign.status).toBe(403)
})
