import { expect, test } from '@playwright/test'
import { cards, demo, expectServed, hitTheWall, payButton, stage, typeCard } from './scenario.ts'

test('a program is refused with a problem document it can act on, and learns by polling when it may go on', async ({
  page,
}) => {
  const staged = await stage(page, 'card-expired')
  const headers = { Authorization: `Bearer ${staged.api_token}` }
  const refused = await page.request.get(`${demo}/api/tiles/1/2/3`, { headers })
  expect(refused.status()).toBe(402)
  expect(refused.headers()['content-type']).toContain('application/problem+json')
  expect(refused.headers()['cache-control']).toBe('no-store')
  const problem = (await refused.json()) as { reason: string; retry: string; poll: { url: string }; blockers: object[] }
  expect(problem).toMatchObject({
    status: 402,
    reason: 'card_expired',
    retry: 'after_fix',
    blockers: [{ reason: 'card_expired', detail: { amount_due: 49_00, currency: 'eur' } }],
  })
  expect(await (await page.request.get(problem.poll.url)).json()).toMatchObject({ allowed: false })

  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  expect(await (await page.request.get(problem.poll.url)).json()).toMatchObject({ state: 'resolved', allowed: true })
  await expect.poll(async () => (await page.request.get(`${demo}/api/tiles/1/2/3`, { headers })).status()).toBe(200)
})
