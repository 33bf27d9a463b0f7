import { expect, test, type Page } from '@playwright/test'
import type { ScenarioName } from '#sandbox/demo/scenarios.ts'
import { demo, portal, stage, type Staged } from './scenario.ts'

async function enter(page: Page, scenario: ScenarioName): Promise<Staged> {
  const staged = await stage(page, scenario)
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/maps\//)
  await page.goto(`${portal}/usage`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  return staged
}

test('somebody sees what will not last, looks at its days with the keyboard, and takes them along', async ({
  page,
}) => {
  await enter(page, 'heavy-usage')
  await expect(page.getByText('Goes on beyond it, at no cost.')).toBeVisible()
  const day = page.getByRole('slider', { name: 'Day' })
  const last = await day.getAttribute('aria-valuetext')
  await day.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(day).not.toHaveAttribute('aria-valuetext', last ?? '')
  await page.getByText('Show as table').press('Enter')
  await expect(page.getByRole('table')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'By API key' })).toBeVisible()
  await expect(page.getByText('2 others')).toBeVisible()
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download as CSV' }).click()
  const file = await waiting
  expect(file.suggestedFilename()).toMatch(/^usage-[\d-]+\.csv$/)
  await page.getByLabel('What', { exact: true }).selectOption({ label: 'Routing' })
  await page.getByLabel('Period').selectOption('1')
  await expect(page).toHaveURL(/meter=routes&back=1$/)
  await page.reload()
  await expect(page.getByLabel('What', { exact: true })).toHaveValue('routes')
})

test('an alert is set, stands there as reached when it is, and is taken away', async ({ page }) => {
  await enter(page, 'heavy-usage')
  await page.getByLabel('Write to us about').selectOption({ label: 'Traffic updates, in percent of what is included' })
  await page.getByRole('button', { name: 'Add alert' }).click()
  await expect(page.getByText('80% of Traffic updates', { exact: true })).toBeVisible()
  await expect(page.getByText('Reached this period')).toBeVisible()
  await page.getByRole('button', { name: /^Remove/ }).click()
  await expect(page.getByText('80% of Traffic updates', { exact: true })).toBeHidden()
})

test('credits are bought although none are missing, and stand there afterwards', async ({ page }) => {
  await enter(page, 'usage-unknown')
  await page.getByRole('link', { name: 'Buy credits' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Buy credits' })).toBeVisible()
  await page.getByRole('button', { name: /^Pay .*for 1,000 credits/ }).click()
  await expect(page.getByText(/^Paid/).first()).toBeVisible()
  await page.goto(`${portal}/usage`)
  await expect(page.getByText('1,000 credits left')).toBeVisible()
  await expect(page.getByText('used first')).toBeVisible()
})
