import { expect, test } from '@playwright/test'
import { cards, charges, expectHealed, expectServed, hitTheWall, payButton, stage, typeCard } from './scenario.ts'

test('a plan paused at its trial’s end says what it costs and goes on with the first card', async ({ page }) => {
  const staged = await stage(page, 'trial-paused')
  await hitTheWall(page, 'resume')
  await expect(page.getByText('Nothing was charged', { exact: false })).toBeVisible()
  await expect(page.getByText('Team, every month')).toBeVisible()
  await typeCard(page, cards.works)
  await page.getByRole('button', { name: 'Pay €49.00 and resume' }).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})

test('a double click resumes and charges once', async ({ page }) => {
  const staged = await stage(page, 'trial-paused')
  await hitTheWall(page, 'resume')
  await typeCard(page, cards.works)
  await payButton(page).dblclick()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})

test('a card that is refused takes no money and leads on to another one', async ({ page }) => {
  const staged = await stage(page, 'trial-paused')
  await hitTheWall(page, 'resume')
  await typeCard(page, cards.attachesThenFails)
  await payButton(page).click()
  await expect(page).toHaveURL(/\/fix\/update-card/)
  expect((await charges(page, staged)).filter(({ status }) => status === 'succeeded')).toEqual([])
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})
