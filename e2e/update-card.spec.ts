import { expect, test } from '@playwright/test'
import {
  answerBank,
  cards,
  charges,
  demo,
  expectHealed,
  expectServed,
  hitTheWall,
  payButton,
  stage,
  typeCard,
} from './scenario.ts'

test('from the demo app’s start page: card expired, a new card, one button, and the refused page is served', async ({
  page,
}) => {
  await page.goto(demo)
  await page.getByRole('button', { name: 'Try it: Card expired', exact: true }).click()
  await expect(page).toHaveURL(/\/fix\/update-card\?check=chk_/)
  await expect(page.getByText('Acme GmbH').first()).toBeVisible()
  await expect(page.getByText('Maps API').first()).toBeVisible()
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
})

test('a new card is charged exactly once and pinned wherever the old one was', async ({ page }) => {
  const staged = await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})

test('a declined card is told in words, takes no money, and the next card works', async ({ page }) => {
  const staged = await stage(page, 'card-declined')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.insufficientFunds)
  await payButton(page).click()
  await expect(page.getByText('No money was taken', { exact: false })).toBeVisible()
  expect(await charges(page, staged)).toEqual([])
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})

test('a lost card reads like any other declined card', async ({ page }) => {
  await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.lost)
  await payButton(page).click()
  await expect(page.getByText('Your bank declined this card', { exact: true })).toBeVisible()
  await expect(page.getByText(/lost|stolen|fraud/i)).toHaveCount(0)
})

test('a card that is saved and then refused leads on to another card', async ({ page }) => {
  const staged = await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.attachesThenFails)
  await payButton(page).click()
  await expect(page.getByText('No money was taken', { exact: false })).toBeVisible()
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})

test('the bank’s check happens on the way, once', async ({ page }) => {
  const staged = await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.asksOnce)
  await payButton(page).click()
  await answerBank(page, 'Complete')
  await expectServed(page)
  await expectHealed(page, staged, { last4: '3155', amounts: [49_00] })
})

test('a bank that asks at saving and again at paying is answered twice and paid once', async ({ page }) => {
  const staged = await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.alwaysAsks)
  await payButton(page).click()
  await answerBank(page, 'Complete')
  await expect(page.getByText('asking', { exact: false }).first()).toBeVisible()
  await answerBank(page, 'Complete')
  await expectServed(page)
  await expectHealed(page, staged, { last4: '3184', amounts: [49_00] })
})

test('a reload in the middle of the bank’s check loses nothing', async ({ page }) => {
  const staged = await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.asksOnce)
  await payButton(page).click()
  await expect(page.locator('iframe[title="3D Secure challenge"]')).toBeVisible()
  await page.reload()
  await page
    .getByRole('button', { name: /3155|Continue/ })
    .first()
    .click()
  await answerBank(page, 'Complete')
  await expectServed(page)
  await expectHealed(page, staged, { last4: '3155', amounts: [49_00] })
})

test('a failed bank check takes no money and leaves the way open', async ({ page }) => {
  const staged = await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.asksOnce)
  await payButton(page).click()
  await answerBank(page, 'Fail')
  await expect(page.getByText(/No money (was|has been) taken/).first()).toBeVisible()
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})

test('a double click pays once', async ({ page }) => {
  const staged = await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.works)
  await payButton(page).dblclick()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})

test('two tabs paying at the same moment pay once, and neither is a dead end', async ({ page, context }) => {
  const staged = await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  const other = await context.newPage()
  await hitTheWall(other, 'update-card')
  await typeCard(page, cards.works)
  await typeCard(other, cards.works)
  // The other tab may hear of the payment first and take its button away.
  await Promise.all([
    payButton(page).click(),
    payButton(other)
      .click({ timeout: 10_000 })
      .catch(() => undefined),
  ])
  await expectServed(page)
  await expectServed(other)
  const paid = (await charges(page, staged)).filter(({ status }) => status === 'succeeded')
  expect(paid).toHaveLength(1)
})

test('Back after paying finds nothing to pay', async ({ page }) => {
  const staged = await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  const refused = page.url()
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await page.goto(refused)
  await expect(payButton(page)).toHaveCount(0)
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})

test('two subscriptions, one of which pinned the old card: one card heals both', async ({ page }) => {
  const staged = await stage(page, 'two-subscriptions')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [19_00] })
})

test('no card on file: the first card pays what is open', async ({ page }) => {
  const staged = await stage(page, 'no-card')
  await hitTheWall(page, 'update-card')
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expectServed(page)
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
})
