import { expect, test } from '@playwright/test'
import { cards, charges, expectHealed, expectServed, hitTheWall, payButton, stage, typeCard } from './scenario.ts'

test('the card that was saved too late pays the invoice it never paid', async ({ page }) => {
  const staged = await stage(page, 'invoice-overdue')
  await hitTheWall(page, 'pay-invoice')
  await expect(page.getByRole('radio').first()).toBeChecked()
  await payButton(page).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4444', amounts: [49_00] })
})

test('an invoice can be paid with a new card on the same screen', async ({ page }) => {
  const staged = await stage(page, 'invoice-overdue')
  await hitTheWall(page, 'pay-invoice')
  await page.getByRole('radio', { name: 'A new card' }).check()
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})

test('an invoice sent by e-mail is paid here as well', async ({ page }) => {
  const staged = await stage(page, 'invoice-by-email')
  await hitTheWall(page, 'pay-invoice')
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  const paid = (await charges(page, staged)).filter(({ status }) => status === 'succeeded')
  expect(paid).toHaveLength(1)
})

test('yen are shown and charged whole', async ({ page }) => {
  const staged = await stage(page, 'yen-account')
  await hitTheWall(page, /\/fix\/(update-card|pay-invoice)/)
  await expect(page.getByText(/¥\d,\d{3}(?!\.)/).first()).toBeVisible()
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  const paid = (await charges(page, staged)).filter(({ status }) => status === 'succeeded')
  expect(paid).toMatchObject([{ currency: 'jpy' }])
})
