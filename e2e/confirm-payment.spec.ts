import { expect, test } from '@playwright/test'
import {
  answerBank,
  cards,
  charges,
  expectHealed,
  expectServed,
  hitTheWall,
  payButton,
  stage,
  typeCard,
} from './scenario.ts'

const toTheBank = { name: 'Continue to your bank' }

test('the bank’s check is answered and the refused page is served', async ({ page }) => {
  const staged = await stage(page, 'bank-confirmation')
  await hitTheWall(page, 'confirm-payment')
  await page.getByRole('button', toTheBank).click()
  await answerBank(page, 'Complete')
  await expectServed(page)
  await expectHealed(page, staged, { last4: '3184', amounts: [49_00] })
})

test('a reload in the middle of the bank’s check loses nothing', async ({ page }) => {
  const staged = await stage(page, 'bank-confirmation')
  await hitTheWall(page, 'confirm-payment')
  await page.getByRole('button', toTheBank).click()
  await expect(page.locator('iframe[title="3D Secure challenge"]')).toBeVisible()
  await page.reload()
  await page.getByRole('button', toTheBank).click()
  await answerBank(page, 'Complete')
  await expectServed(page)
  await expectHealed(page, staged, { last4: '3184', amounts: [49_00] })
})

test('what was begun on one device is finished on another', async ({ page, browser }) => {
  const staged = await stage(page, 'bank-confirmation')
  await hitTheWall(page, 'confirm-payment')
  await page.getByRole('button', toTheBank).click()
  await expect(page.locator('iframe[title="3D Secure challenge"]')).toBeVisible()

  const phone = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
  await phone.goto(staged.door)
  await expect(phone).toHaveURL(/\/fix\/confirm-payment\?check=/)
  await phone.getByRole('button', toTheBank).click()
  await answerBank(phone, 'Complete')
  await expectServed(phone)
  await expectHealed(page, staged, { last4: '3184', amounts: [49_00] })
})

test('a check that was not finished takes no money and can be taken up again', async ({ page }) => {
  const staged = await stage(page, 'bank-confirmation')
  await hitTheWall(page, 'confirm-payment')
  await page.getByRole('button', toTheBank).click()
  await answerBank(page, 'Fail')
  await expect(page.getByText(/No money (was|has been) taken/).first()).toBeVisible()
  expect((await charges(page, staged)).filter(({ status }) => status === 'succeeded')).toEqual([])
  await page.getByRole('button', toTheBank).click()
  await answerBank(page, 'Complete')
  await expectServed(page)
  await expectHealed(page, staged, { last4: '3184', amounts: [49_00] })
})

test('whoever cannot reach the bank uses another card', async ({ page }) => {
  const staged = await stage(page, 'bank-confirmation')
  await hitTheWall(page, 'confirm-payment')
  await page.getByText('Use another card').click()
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})
