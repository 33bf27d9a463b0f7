import { expect, test, type Page } from '@playwright/test'
import {
  answerBank,
  cards,
  charges,
  expectServed,
  hitTheWall,
  payButton,
  stage,
  stripe,
  typeCard,
  type Staged,
  type Subscription,
} from './scenario.ts'

/** Exactly one subscription beside the ended one, paid exactly once. */
async function expectOneBegun(page: Page, staged: Staged): Promise<void> {
  const { data } = await stripe<{ data: Subscription[] }>(
    page.request,
    `subscriptions?customer=${staged.customer}&status=all`,
  )
  expect(data.map(({ status }) => status)).toEqual(['active', 'canceled'])
  const paid = (await charges(page, staged)).filter(({ status }) => status === 'succeeded')
  expect(paid.map(({ amount }) => amount)).toEqual([49_00])
}

async function useNewCard(page: Page, number: string): Promise<void> {
  await page.getByRole('radio', { name: 'A new card' }).check()
  await typeCard(page, number)
}

test('an ended plan says what it costs and starts again with the saved card', async ({ page }) => {
  const staged = await stage(page, 'subscription-ended')
  await hitTheWall(page, 'renew')
  await expect(page.getByText('Team, every month')).toBeVisible()
  await expect(page.getByRole('radio', { name: /4242/ })).toBeChecked()
  await page.getByRole('button', { name: 'Pay €49.00 and start again' }).click()
  await expectServed(page)
  await expectOneBegun(page, staged)
})

test('an ended plan starts again with a new card', async ({ page }) => {
  const staged = await stage(page, 'subscription-ended')
  await hitTheWall(page, 'renew')
  await useNewCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectOneBegun(page, staged)
})

test('a double click starts one plan', async ({ page }) => {
  const staged = await stage(page, 'subscription-ended')
  await hitTheWall(page, 'renew')
  await payButton(page).dblclick()
  await expectServed(page)
  await expectOneBegun(page, staged)
})

test('two tabs starting again at the same moment start one plan', async ({ page, context }) => {
  const staged = await stage(page, 'subscription-ended')
  await hitTheWall(page, 'renew')
  const other = await context.newPage()
  await hitTheWall(other, 'renew')
  // The other tab may hear of the payment first and take its button away.
  await Promise.all([
    payButton(page).click(),
    payButton(other)
      .click({ timeout: 10_000 })
      .catch(() => undefined),
  ])
  await expectServed(page)
  await expectServed(other)
  await expectOneBegun(page, staged)
})

test('a bank that asks at saving and again at paying is answered twice, and one plan starts', async ({ page }) => {
  const staged = await stage(page, 'subscription-ended')
  await hitTheWall(page, 'renew')
  await useNewCard(page, cards.alwaysAsks)
  await payButton(page).click()
  await answerBank(page, 'Complete')
  await expect(page.getByText('asking', { exact: false }).first()).toBeVisible()
  await answerBank(page, 'Complete')
  await expectServed(page)
  await expectOneBegun(page, staged)
})

test('a declined first payment is finished with another card, on the same plan', async ({ page }) => {
  const staged = await stage(page, 'subscription-ended')
  await hitTheWall(page, 'renew')
  await useNewCard(page, cards.attachesThenFails)
  await payButton(page).click()
  await expect(page).toHaveURL(/\/fix\/finish-subscribing/)
  await expect(page.getByText('No money was taken', { exact: false }).first()).toBeVisible()
  const newCard = page.getByRole('radio', { name: 'A new card' })
  await newCard.check()
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectOneBegun(page, staged)
})
