import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { desk, openDesk } from './desk.ts'
import { charges, hitTheWall, stage } from './scenario.ts'

const reason = 'They wrote to us that nothing opens any more'

/** Refused as a customer, then at the desk as support, before the pages that the customer sees. */
async function look(page: Page, scenario: Parameters<typeof stage>[1], screen: string) {
  const staged = await stage(page, scenario)
  await hitTheWall(page, screen)
  const check = new URL(page.url()).searchParams.get('check') ?? ''
  await openDesk(page, 'agent', `/accounts/app_demo/${staged.account}?check=${check}`)
  await page.getByRole('button', { name: 'See their pages' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill(reason)
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`^${desk}/as/aud_[\\w-]{22}/fix/${screen}\\?check=${check}$`))
  return staged
}

test('support sees the very screen that stops a customer, and can do nothing there', async ({ page }) => {
  const requests: string[] = []
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
  // What is still fading in is too faint to read.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const staged = await look(page, 'card-expired', 'update-card')
  const banner = page.getByRole('complementary')
  await expect(banner).toContainText('as A. sees it')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('expired')
  await expect(page.getByText('They are not loaded for you.')).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  requests.length = 0
  await page.getByRole('button', { name: /^Pay/ }).click()
  await expect(banner).toContainText('A. would do this. You only look, so nothing has happened.')
  await page.getByRole('link', { name: 'I have a question' }).click()
  await expect(banner).toContainText('leads A. out of these pages')
  expect(requests.filter((request) => !request.startsWith('GET '))).toEqual([])
  expect(requests.filter((request) => request.includes('stripe.js'))).toEqual([])
  expect(await charges(page, staged)).toEqual([])
})

test('every page of the account can be looked at, and the customer reads who did', async ({ page }) => {
  const staged = await look(page, 'card-expired', 'update-card')
  const base = new URL(page.url()).pathname.split('/').slice(0, 3).join('/')
  for (const path of [
    'overview',
    'usage',
    'payment-methods',
    'invoices',
    'plan',
    'billing-details',
    'people',
    'privacy',
  ]) {
    await page.goto(`${desk}${base}/${path}`)
    await expect(page.getByRole('complementary')).toContainText('as A. sees it')
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(
      /^Looking at|could not load|signed out|nothing at this address/,
    )
  }
  // Here the customer reads it, and so does support.
  await expect(page.getByText(`Adil Rahman: ${reason}`)).toBeVisible()
  await page.getByRole('link', { name: 'Back to the desk' }).click()
  await expect(page).toHaveURL(`${desk}/accounts/app_demo/${staged.account}`)
})

test('a view is nobody else’s: its address opens nothing for a colleague', async ({ page, browser }) => {
  await look(page, 'card-expired', 'update-card')
  const other = await browser.newPage()
  await openDesk(other, 'admin')
  await other.goto(page.url())
  await expect(other.getByRole('heading', { name: 'This view is over' })).toBeVisible()
  await other.close()
})
