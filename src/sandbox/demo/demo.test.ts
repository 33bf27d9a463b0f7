import { afterAll, beforeEach, expect, test } from 'vitest'
import { check, openTestDemo, yes } from './test-demo.ts'

const { browser, close, demo, origin, portal, start, stripe } = await openTestDemo()
afterAll(close)
beforeEach(() => {
  portal.asked.length = 0
  portal.refuse()
})

test('a scenario leads through the wall into the portal without another click', async () => {
  const visit = browser()
  const started = await visit('/scenarios/card-declined', { method: 'POST' })
  expect([started.status, started.headers.get('location')]).toEqual([303, '/maps/berlin'])
  const wall = await visit('/maps/berlin')
  expect([wall.status, wall.headers.get('location')]).toEqual([303, 'http://portal.example/fix#t=ticket'])
})

test('the app asks for what its scenario wants, and tells what only it knows for as long as it lasts', async () => {
  const metered = browser()
  await start('spend-cap', metered)
  await metered('/maps/berlin')
  expect(portal.asked.at(-1)).toMatchObject({ meter: 'routes', quantity: 100 })
  const told = browser()
  await told('/scenarios/supplier-unpaid', { method: 'POST' })
  await told('/maps/berlin')
  expect(portal.asked.at(-1)).toMatchObject({ reason: 'upstream_billing', retry_after: expect.any(Number) })
  const over = browser()
  await over('/scenarios/supplier-unpaid?seconds=0', { method: 'POST' })
  await over('/maps/berlin')
  expect(portal.asked.at(-1)).not.toHaveProperty('reason')
})

test('paid, the map is served to the account by its name', async () => {
  const visit = browser()
  const { account } = await start('card-declined', visit)
  portal.answer = yes
  const html = await (await visit('/maps/berlin')).text()
  expect(html).toContain('Acme GmbH')
  expect(html).toContain(account)
})

test('in grace the map is served with a warning that names the day', async () => {
  const visit = browser()
  await start('in-grace', visit)
  portal.answer = { ...yes, warnings: [{ reason: 'card_declined', at: '2026-12-01T10:00:00Z' }] }
  expect(await (await visit('/maps/berlin')).text()).toContain('Tuesday, 1 December')
})

test('a program with the account’s token gets the refusal as JSON, and the tile when it is paid', async () => {
  const { api_token } = await start('card-declined')
  const call = (headers: Record<string, string>) => fetch(`${origin}/api/tiles/1/2/3`, { headers })
  expect((await call({})).status).toBe(401)
  const refused = await call({ authorization: `Bearer ${api_token}` })
  expect([refused.status, refused.headers.get('content-type')]).toEqual([402, 'application/problem+json'])
  expect(await refused.json()).toMatchObject({ fix: { app_url: `${origin}/_billing/fix/${check}` } })
  portal.answer = yes
  expect(await (await call({ authorization: `Bearer ${api_token}` })).json()).toMatchObject({ tile: '1/2/3' })
})

test('the mistaken app sends its person to the portal although all is paid, and believes it when they come back', async () => {
  const visit = browser()
  await start('app-mistaken', visit)
  portal.answer = yes
  const link = (await visit('/maps/berlin')).headers.get('location') ?? ''
  const claims = JSON.parse(Buffer.from(link.split('#t=')[1]?.split('.')[1] ?? '', 'base64url').toString())
  expect(claims).toMatchObject({ rsn: 'card_declined', ret: `${origin}/maps/berlin`, act: 'anna' })
  const back = `/maps/berlin?billing_check=${check}&billing_result=no_blocker&state=${claims.st}`
  const clean = await visit(back)
  expect([clean.status, clean.headers.get('location')]).toEqual([303, `${origin}/maps/berlin`])
  expect(await (await visit('/maps/berlin')).text()).toContain('Nothing was wrong')
})

test('a return with a state that is not this browser’s changes nothing the app believes', async () => {
  const visit = browser()
  await start('app-mistaken', visit)
  portal.answer = yes
  await visit(`/maps/berlin?billing_check=${check}&billing_result=no_blocker&state=guessed`)
  expect((await visit('/maps/berlin')).status).toBe(303)
})

test('back from the portal and still refused, a page looks again instead of another round, under its own policy', async () => {
  const visit = browser()
  await start('card-declined', visit)
  await visit('/maps/berlin')
  await visit(`/maps/berlin?billing_check=${check}&billing_result=fixed`)
  const again = await visit('/maps/berlin')
  expect([again.status, again.headers.get('content-security-policy')]).toEqual([
    402,
    expect.stringContaining('sha256-'),
  ])
  expect(await again.text()).toContain(`content="2;url=${origin}/maps/berlin"`)
})

test('a door opens the same sign-in in another browser; signing out closes it', async () => {
  const { door, account } = await start('card-declined')
  portal.answer = yes
  const other = browser()
  await other(door)
  expect(await (await other('/maps/berlin')).text()).toContain(account)
  await other('/sign-out', { method: 'POST' })
  expect((await other('/maps/berlin')).headers.get('location')).toBe('/')
})

test('seeding twice leaves one of everything', async () => {
  await demo.seed()
  await demo.seed()
  const prices = await stripe.prices.list({ limit: 100 })
  const keys = prices.data.map(({ lookup_key }) => lookup_key)
  expect(keys).toContain('team_monthly')
  expect(new Set(keys).size).toBe(keys.length)
  expect((await stripe.customers.list({ email: 'healthy@acme.example' })).data).toHaveLength(1)
  expect(portal.accounts.get('acct_demo')).toMatchObject({ label: 'Acme GmbH' })
})
