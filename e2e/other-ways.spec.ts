import { expect, test } from '@playwright/test'
import {
  answerBank,
  expectHealed,
  cards,
  charges,
  demo,
  expectServed,
  hitTheWall,
  payButton,
  portal,
  sandbox,
  stage,
  stripe,
  typeCard,
} from './scenario.ts'

test('a payment on its way offers no second one, and leads back by itself when it has arrived', async ({ page }) => {
  const staged = await stage(page, 'payment-processing')
  await hitTheWall(page, 'await-payment')
  await expect(page.getByText('Do not pay again').first()).toBeVisible()
  await expect(payButton(page)).toHaveCount(0)
  const intents = await stripe<{ data: { id: string; status: string }[] }>(
    page.request,
    `payment_intents?customer=${staged.customer}`,
  )
  const waiting = intents.data.find(({ status }) => status === 'processing')
  await page.request.post(`${sandbox}/_sandbox/payment_intents/${waiting?.id}/settle`, {
    data: { outcome: 'succeeded' },
  })
  await expectServed(page)
})

test('a first payment that was never finished is finished with a new card', async ({ page }) => {
  const staged = await stage(page, 'first-payment')
  await hitTheWall(page, 'finish-subscribing')
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  const [subscription] = staged.subscriptions
  expect(await stripe(page.request, `subscriptions/${subscription}`)).toMatchObject({ status: 'active' })
  expect((await charges(page, staged)).filter(({ status }) => status === 'succeeded')).toHaveLength(1)
})

test('a mistaken app gets its customer back without a click, and serves', async ({ page }) => {
  await stage(page, 'app-mistaken')
  await page.goto(`${demo}/maps/berlin`)
  await expectServed(page)
})

test('an app that goes on refusing meets a page that says so and does not send people in circles', async ({ page }) => {
  await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.works)
  const check = new URL(page.url()).searchParams.get('check')
  await payButton(page).click()
  await expectServed(page)
  await page.goto(`${portal}/fix/all-clear?check=${check}`)
  await expectServed(page)
  await page.goto(`${portal}/fix?check=${check}`)
  await expect(page).toHaveURL(/\/fix\/app-not-updated/)
  await expect(page.getByText('Nothing is left to pay', { exact: false })).toBeVisible()
})

test('in grace the app serves, and warns', async ({ page }) => {
  await stage(page, 'in-grace')
  await page.goto(`${demo}/maps/berlin`)
  await expect(page).toHaveURL(`${demo}/maps/berlin`)
  await expect(page.getByRole('link', { name: /billing|card|payment/i }).first()).toBeVisible()
})

test('a reason without a screen of its own is explained, with a way on', async ({ page }) => {
  await stage(page, 'nothing-to-pay')
  await hitTheWall(page, 'diagnosis')
  await expect(page.getByRole('link', { name: 'Back to Maps API' })).toBeVisible()
})

test('a member who may not pay sees who may, and no amount', async ({ page }) => {
  await stage(page, 'may-not-pay')
  await page.goto(`${demo}/maps/berlin`)
  await expect(page.getByText(/Anna/).first()).toBeVisible()
  await expect(page.getByText('49.00')).toHaveCount(0)
  await expect(payButton(page)).toHaveCount(0)
})

test('a card is changed because its owner wants to: nothing is charged, the new one is in charge', async ({ page }) => {
  const staged = await stage(page, 'app-mistaken')
  await page.goto(`${demo}/billing`)
  await expectServed(page)
  await page.goto(`${portal}/change-card`)
  await typeCard(page, cards.asksOnce)
  await page.getByRole('button', { name: 'Save card and continue' }).click()
  await answerBank(page, 'Complete')
  await expect(page.getByRole('heading', { name: 'Your card is saved' })).toBeVisible()
  await expectHealed(page, staged, { last4: '3155', amounts: [] })
})

test('the overview says the state, what comes next, and the cards', async ({ page }) => {
  await stage(page, 'app-mistaken')
  await page.goto(`${demo}/billing`)
  await expectServed(page)
  await page.goto(`${portal}/overview`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText(/Team/).first()).toBeVisible()
  await expect(page.getByText(/4242/).first()).toBeVisible()
})
