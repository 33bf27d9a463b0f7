import { expect, test } from '@playwright/test'
import { cards, demo, expectServed, hitTheWall, keepFromTheApp, payButton, stage, typeCard } from './scenario.ts'
import { letterTo, linkOf, register } from './mailbox.ts'

test('a member asks, the owner mends it by letter, and the member’s page says so by itself', async ({
  page,
  browser,
}) => {
  test.slow()
  const staged = await stage(page, 'may-not-pay')
  const people = await register(page, staged)
  await hitTheWall(page, 'update-card')
  await expect(page.getByText('49.00')).toHaveCount(0)
  await page.getByRole('radio', { name: /Anna/ }).check()
  await page.getByRole('button', { name: 'Ask Anna' }).click()
  await expect(page.getByText('You asked Anna')).toBeVisible()

  const letter = await letterTo(page, people.anna)
  expect(letter.subject).toMatch(/^Maps API is paused for .*: /)
  const owner = await (await browser.newContext()).newPage()
  await owner.goto(linkOf(letter))
  await expect(owner.getByText('Sam asks you to mend something. You go on as Anna.')).toBeVisible()
  await owner.getByRole('button', { name: 'Continue' }).click()
  await expect(owner).toHaveURL(/\/fix\/update-card\?check=chk_/)
  await expect(page.getByText('Anna opened it')).toBeVisible({ timeout: 30_000 })

  const [ownerMayLeave, memberMayLeave] = [await keepFromTheApp(owner), await keepFromTheApp(page)]
  await typeCard(owner, cards.works)
  await payButton(owner).click()
  await expect(owner.getByRole('heading', { name: 'Paid €49.00' })).toBeVisible()
  ownerMayLeave()

  await expect(page.getByText('Anna has mended it', { exact: false })).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('link', { name: 'Go to Maps API' })).toBeVisible()
  memberMayLeave()
  await expectServed(page)
  await page.goto(`${demo}/maps/berlin`)
  await expectServed(page)
})

test('the letter’s link opens once', async ({ page, browser }) => {
  const people = await register(page, await stage(page, 'may-not-pay'))
  await hitTheWall(page, 'update-card')
  await page.getByRole('radio', { name: /Jo/ }).check()
  await page.getByRole('button', { name: 'Ask Jo' }).click()
  const link = linkOf(await letterTo(page, people.jo))
  const first = await (await browser.newContext()).newPage()
  await first.goto(link)
  await expect(first.getByRole('heading', { name: /Continue to billing of/ })).toBeVisible()
  await first.getByRole('button', { name: 'Continue' }).click()
  await expect(first).toHaveURL(/update-card/)

  const second = await (await browser.newContext()).newPage()
  await second.goto(link)
  await expect(second.getByRole('heading', { name: 'This link was already used' })).toBeVisible()
})
