import { expect, test } from '@playwright/test'
import { cards, demo, hitTheWall, payButton, stage, typeCard } from './scenario.ts'

type Heard = { readonly type: string; readonly check?: string }

test('after the fix the app has been told which refusal is over, before anybody has come back to it', async ({
  page,
}) => {
  const staged = await stage(page, 'card-expired')
  const headers = { Authorization: `Bearer ${staged.api_token}` }
  const heard = async () => (await (await page.request.get(`${demo}/api/heard`, { headers })).json()) as Heard[]
  const tiles = () => page.request.get(`${demo}/api/tiles/1/2/3`, { headers })

  const refused = await tiles()
  expect(refused.status()).toBe(402)
  const { poll } = (await refused.json()) as { poll: { url: string } }
  expect(await heard()).toEqual([])

  // The person pays, and nobody goes back to the app.
  await page.route(`${demo}/**`, (route) =>
    route.request().url().includes('billing_check') ? route.abort() : route.continue(),
  )
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expect.poll(async () => (await heard()).map(({ type }) => type)).toContain('access.restored')
  await expect.poll(async () => (await heard()).map(({ check }) => check)).toContain(poll.url.split('/').at(-1))
  expect((await tiles()).status()).toBe(200)
})

test('the app listens to nobody who cannot sign', async ({ request }) => {
  const event = { type: 'access.restored', timestamp: new Date().toISOString(), data: { account: 'acct_demo' } }
  const headers = {
    'webhook-id': 'evt_forged',
    'webhook-timestamp': String(Math.floor(Date.now() / 1_000)),
    'webhook-signature': `v1,${btoa('x'.repeat(32))}`,
  }
  expect((await request.post(`${demo}/webhooks/fix402`, { data: event, headers })).status()).toBe(401)
})
