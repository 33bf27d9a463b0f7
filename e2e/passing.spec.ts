import { expect, test } from '@playwright/test'
import { amountsPaid, demo, expectServed, hitTheWall, sandbox, stage, stripe, tellPortal } from './scenario.ts'

/** Seconds: long enough for a busy machine to come to the wall before it is over. */
const LASTS = 12
/** Milliseconds: it is over then, and the looks grow seldom, 16 seconds apart at most by then. */
const WAITED = { timeout: 40_000 }

test('too many requests: it counts down, sells nothing, and goes back by itself', async ({ page }) => {
  const staged = await stage(page, 'rate-limited', LASTS)
  await hitTheWall(page, 'wait')
  await expect(page.getByRole('timer', { name: 'Time left' })).toBeVisible()
  await expect(page.getByRole('button', { name: /pay/i })).toHaveCount(0)
  await expectServed(page, WAITED)
  expect(await amountsPaid(page, staged)).toEqual([])
})

test('a supplier of the app’s own: nothing is asked of the customer, and one look when it is over goes back', async ({
  page,
}) => {
  await stage(page, 'supplier-unpaid', LASTS)
  await hitTheWall(page, 'wait-for-vendor')
  await expect(page.getByText('Nothing is wrong with your account', { exact: false })).toBeVisible()
  await expectServed(page, WAITED)
})

test('a hold tells what the merchant wrote, and goes on by itself when the app has lifted it', async ({ page }) => {
  await page.clock.install()
  const staged = await stage(page, 'account-on-hold')
  await hitTheWall(page, 'contact-support')
  await expect(page.getByText('Please call us about your last order.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Write to Northwind Maps' })).toBeVisible()
  await tellPortal(page, staged)
  await page.clock.fastForward(31_000)
  await expectServed(page)
})

test('a contested payment is not asked for again; won, it opens the map', async ({ page }) => {
  const staged = await stage(page, 'contested-charge')
  await hitTheWall(page, 'contact-support')
  await expect(page.getByRole('button', { name: /pay/i })).toHaveCount(0)
  const { data } = await stripe<{ data: { id: string; payment_intent: string }[] }>(page.request, 'disputes?limit=100')
  const intents = await stripe<{ data: { id: string }[] }>(page.request, `payment_intents?customer=${staged.customer}`)
  const own = data.find(({ payment_intent: intent }) => intents.data.some(({ id }) => id === intent))
  await page.request.post(`${sandbox}/_sandbox/disputes/${own?.id}`, { data: { status: 'won' } })
  await page.getByRole('button', { name: /Check again/ }).click()
  await expectServed(page)
})

test('a freed seat opens the map without a purchase', async ({ page }) => {
  const staged = await stage(page, 'seats-of-plan')
  await hitTheWall(page, 'add-seats')
  await tellPortal(page, staged, { seats: 4 })
  await page.getByRole('button', { name: /Check again/ }).click()
  await expectServed(page)
  expect(await amountsPaid(page, staged)).toEqual([])
})

test('the start page finds a state of Stripe’s by its row, and one click ends at its screen', async ({ page }) => {
  await page.goto(demo)
  await page.getByRole('searchbox', { name: 'Find a scenario' }).fill('S31')
  await page.getByRole('button', { name: 'Find' }).click()
  const found = page.getByRole('button', { name: /^Try it/ })
  await expect(found).toHaveCount(1)
  await found.click()
  await expect(page).toHaveURL(/\/fix\/confirm-payment\?check=chk_/)
})
