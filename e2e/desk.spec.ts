import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { staffRoles } from '#contract/staff.ts'
import { desk, openDesk, staff } from './desk.ts'
import { stage } from './scenario.ts'

for (const role of staffRoles) {
  test(`a ${role} of support signs in, sees the pages of that role, and signs out at the provider too`, async ({
    page,
  }) => {
    await openDesk(page, role)
    await expect(page.getByRole('banner')).toContainText(staff[role])
    await expect(page.getByRole('link', { name: 'Search' })).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('link', { name: 'Audit' })).toHaveCount(role === 'admin' ? 1 : 0)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Who is signing in?' })).toBeVisible()
  })
}

test('an address of the desk survives the way through the sign-in', async ({ page }) => {
  await openDesk(page, 'agent', '/?q=7KQ2-M4XD')
  await expect(page.getByRole('banner')).toContainText(staff.agent)
})

test('whoever turns back at the provider is told so, and can begin again', async ({ page }) => {
  await page.goto(`${desk}/sign-in/back?error=access_denied&state=made-up`)
  await expect(page.getByRole('alert')).toContainText('took too long')
  await page.getByRole('link', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Who is signing in?' })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the desk’s door and the sandbox’s sign-in have no known barriers in the ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme })
    await page.goto(desk)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.getByRole('link', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Who is signing in?' })).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  })
}

test('an admin finds in the audit who saw what, narrows it down and takes it all away', async ({ page, browser }) => {
  const { account } = await stage(page, 'card-declined')
  const agent = await (await browser.newContext()).newPage()
  await openDesk(agent, 'agent', `/accounts/app_demo/${account}`)
  await expect(agent.getByRole('heading', { level: 1 })).toBeVisible()
  await openDesk(page, 'admin', '/audit')
  await page.getByLabel('Person').selectOption(staff.agent)
  await page.getByLabel('Account', { exact: true }).fill(account)
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  const opened = page.getByRole('row').filter({ hasText: 'Opened the account' })
  await expect(opened).toHaveCount(1)
  await expect(opened).toContainText(staff.agent)
  await expect(opened).toContainText(account)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export all rows' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^desk-audit-.*\.ndjson$/)
})
