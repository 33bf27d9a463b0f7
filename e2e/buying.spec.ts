import { expect, test, type Page } from '@playwright/test'
import { amountsPaid, cards, expectServed, hitTheWall, stage, stripe, typeCard, type Staged } from './scenario.ts'

type Bought = { readonly data: readonly { readonly status: string; readonly items: { readonly data: Item[] } }[] }
type Item = { readonly quantity: number; readonly price: { readonly lookup_key: string } }

/** What the living subscription bills. */
async function planOf(page: Page, { customer }: Staged): Promise<string> {
  const { data } = await stripe<Bought>(page.request, `subscriptions?customer=${customer}`)
  expect(data).toHaveLength(1)
  const [item] = data[0]?.items.data ?? []
  return `${item?.quantity} ${item?.price.lookup_key}`
}

/** The sum on the button, in cents: it is what must be charged. */
async function sumOf(page: Page, name: RegExp): Promise<number> {
  const words = (await page.getByRole('button', { name }).textContent()) ?? ''
  return Math.round(Number(/€([\d,.]+)/.exec(words)?.[1]?.replaceAll(',', '')) * 100)
}

/** Presses the one button, and the map is there; nothing else is ever taken than what stood on it. */
async function buy(page: Page, staged: Staged, name: RegExp): Promise<void> {
  const sum = await sumOf(page, name)
  await page.getByRole('button', { name }).click()
  await expectServed(page)
  expect(await amountsPaid(page, staged)).toEqual([sum])
}

async function typeAddress(page: Page): Promise<void> {
  await page.getByLabel('Country or region').selectOption('DE')
  await page.getByLabel('Street and number').fill('Torstraße 1')
  await page.getByLabel('Postal code').fill('10119')
  await page.getByLabel('City').fill('Berlin')
  await page.getByRole('button', { name: 'Save and continue' }).click()
}

test('after a trial a plan is chosen, paid with a first card, and the map opens', async ({ page }) => {
  const staged = await stage(page, 'trial-ended')
  await hitTheWall(page, 'choose-plan')
  await page.getByRole('radio', { name: /^Team/ }).check()
  await typeCard(page, cards.works)
  await buy(page, staged, /^Start Team for €49\.00/)
  expect(await planOf(page, staged)).toBe('1 team_monthly')
})

test('a feature that the plan lacks comes with a larger plan, for the rest of the period', async ({ page }) => {
  const staged = await stage(page, 'feature-missing')
  await hitTheWall(page, 'choose-plan')
  await expect(page.getByRole('radio', { name: /^Business/ })).toBeChecked()
  await expect(page.getByText('Then €149.00 every month.')).toBeVisible()
  const sum = await sumOf(page, /^Pay €.* and switch to Business/)
  expect(sum).toBeGreaterThan(0)
  expect(sum).toBeLessThan(100_00)
  await buy(page, staged, /^Pay €.* and switch to Business/)
  expect(await planOf(page, staged)).toBe('1 business_monthly')
})

test('an account that Stripe has never heard of buys its first plan, and says where its invoices go', async ({
  page,
}) => {
  await stage(page, 'new-account')
  await hitTheWall(page, 'choose-plan')
  await page.frameLocator('iframe[title="Secure payment input frame"]').getByLabel('Country').selectOption('DE')
  await typeCard(page, cards.works)
  await page.getByRole('button', { name: /^Start Starter for €19\.00/ }).click()
  await expect(page).toHaveURL(/\/fix\/billing-details/)
  await typeAddress(page)
  await expectServed(page)
})

test('credits are bought in a pack, and the request that was refused fits', async ({ page }) => {
  const staged = await stage(page, 'credits-used-up')
  await hitTheWall(page, 'buy-credits')
  await buy(page, staged, /^Pay €10\.00 for 1,000 credits/)
  expect(await planOf(page, staged)).toBe('1 team_monthly')
})

test('a used-up limit is raised by a larger plan, whose price is known before', async ({ page }) => {
  const staged = await stage(page, 'usage-limit')
  await hitTheWall(page, 'raise-limit')
  await expect(page.getByText('100,000 of 100,000 requests')).toBeVisible()
  await expect(page.getByText(/^Wait until/)).toBeVisible()
  await page.getByRole('link', { name: 'Change to Business' }).click()
  await expect(page).toHaveURL(/\/fix\/choose-plan/)
  await buy(page, staged, /^Pay €.* and switch to Business/)
  expect(await planOf(page, staged)).toBe('1 business_monthly')
})

test('one more seat is bought for the rest of the period', async ({ page }) => {
  const staged = await stage(page, 'seats-taken')
  await hitTheWall(page, 'add-seats')
  await expect(page.getByText('Then €48.00 every month for 4 seats.')).toBeVisible()
  await buy(page, staged, /^Pay €.* for 1 more seat/)
  expect(await planOf(page, staged)).toBe('4 studio_monthly')
})

test('a spending limit is raised, and nothing is charged', async ({ page }) => {
  const staged = await stage(page, 'spend-cap')
  await hitTheWall(page, 'raise-cap')
  await expect(page.getByText('€50.00 of €50.00 spent')).toBeVisible()
  await page.getByRole('radio', { name: /€150\.00/ }).check()
  await page.getByRole('button', { name: 'Set limit to €150.00' }).click()
  await expectServed(page)
  expect(await amountsPaid(page, staged)).toEqual([])
})

test('a missing address is typed once, and is where the invoices need it', async ({ page }) => {
  const staged = await stage(page, 'billing-details')
  await hitTheWall(page, 'billing-details')
  await typeAddress(page)
  await expectServed(page)
  const { address } = await stripe<{ address: object }>(page.request, `customers/${staged.customer}`)
  expect(address).toMatchObject({ line1: 'Torstraße 1', postal_code: '10119', city: 'Berlin', country: 'DE' })
  expect(await amountsPaid(page, staged)).toEqual([])
})

test('an expired card and a spending limit are two numbered steps of one visit, and one charge', async ({ page }) => {
  const staged = await stage(page, 'two-steps')
  await hitTheWall(page, 'update-card')
  await expect(page.getByText('Step 1 of 2')).toBeVisible()
  await typeCard(page, cards.works)
  await page.getByRole('button', { name: 'Pay €49.00 and continue' }).click()
  await expect(page).toHaveURL(/\/fix\/raise-cap/)
  await expect(page.getByText('Step 2 of 2')).toBeVisible()
  expect(await amountsPaid(page, staged)).toEqual([49_00])
  await page.getByRole('button', { name: /^Set limit to/ }).click()
  await expectServed(page)
  expect(await amountsPaid(page, staged)).toEqual([49_00])
})
