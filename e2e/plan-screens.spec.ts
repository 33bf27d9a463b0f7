import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { openPlan, planTeam } from './plan-page.ts'
import { portal } from './scenario.ts'

const screens = [
  { name: 'plan', open: (page: Page) => openPlan(page, 'healthy') },
  { name: 'plan-discounted', open: (page: Page) => openPlan(page, 'discounted') },
  { name: 'plan-cancelling', open: (page: Page) => openPlan(page, 'cancelling') },
  { name: 'plan-paused', open: (page: Page) => openPlan(page, 'paused-as-asked') },
  { name: 'plan-yearly', open: (page: Page) => openPlan(page, 'yearly') },
  { name: 'plan-trial', open: (page: Page) => openPlan(page, 'on-trial') },
  { name: 'plan-two', open: (page: Page) => openPlan(page, 'two-plans') },
  { name: 'plan-in-grace', open: (page: Page) => openPlan(page, 'in-grace') },
  { name: 'plan-ended', open: (page: Page) => openPlan(page, 'subscription-ended') },
  { name: 'plan-member', open: (page: Page) => openPlan(page, 'may-not-spend') },
  {
    name: 'plan-cancel',
    open: async (page: Page) => {
      await openPlan(page, 'in-grace')
      await page.getByRole('button', { name: 'Cancel plan' }).click()
    },
  },
  {
    name: 'plan-code',
    open: async (page: Page) => {
      await openPlan(page, 'codes-to-try')
      await page.getByRole('button', { name: 'Enter a promotion code' }).click()
      await page.getByLabel('Code', { exact: true }).fill('SPRING25')
      await page.getByLabel('Code', { exact: true }).press('Enter')
      await expect(page.getByRole('button', { name: 'Use SPRING25' })).toBeVisible()
    },
  },
  {
    name: 'plan-change',
    open: async (page: Page) => {
      await openPlan(page, 'larger-than-needed')
      await page.goto(`${portal}/plan/change?plan=starter_monthly`)
      await expect(page.getByRole('button', { name: /^Change to Starter on / })).toBeVisible()
    },
  },
  {
    name: 'plan-planned',
    open: async (page: Page) => {
      await openPlan(page, 'larger-than-needed')
      await planTeam(page)
      await page.goto(`${portal}/plan`)
    },
  },
  {
    name: 'overview-planned',
    open: async (page: Page) => {
      await openPlan(page, 'larger-than-needed')
      await planTeam(page)
      await page.goto(`${portal}/overview`)
    },
  },
  {
    name: 'plan-change-planned',
    open: async (page: Page) => {
      await openPlan(page, 'larger-than-needed')
      await planTeam(page)
      await page.getByRole('link', { name: 'Change plan' }).click()
      await expect(page.getByRole('button', { name: 'Undo the change' })).toBeVisible()
    },
  },
  {
    name: 'plan-seats',
    open: async (page: Page) => {
      await openPlan(page, 'seats-to-spare')
      await page.goto(`${portal}/plan/seats`)
      await page.getByRole('button', { name: 'One seat fewer' }).click()
      await expect(page.getByRole('button', { name: /^Reduce to 4 seats on / })).toBeVisible()
    },
  },
] as const

for (const { name, open } of screens) {
  test(`${name} is readable, reachable and fits, by day and night, on a desk and a phone`, async ({ page }, info) => {
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await open(page)
    await page.waitForLoadState('networkidle')
    for (const width of [1280, 768, 390, 320]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await page.setViewportSize({ width, height: width > 400 ? 1000 : 844 })
        await page.screenshot({ path: info.outputPath(`${name}-${colorScheme}-${width}.png`), fullPage: true })
        if (width === 768 || width === 320) continue
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .exclude('iframe')
          .analyze()
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    expect(complaints).toEqual([])
  })
}
