import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { usualScreens } from '#sandbox/demo/reason.ts'
import { groups, scenarioOf, type ScenarioName } from '#sandbox/demo/scenarios.ts'
import { codeIn, letterTo, register } from './mailbox.ts'
import { demo, hitTheWall, portal, shortUrl, stage, tellPortal } from './scenario.ts'

/** What stops somebody, by the name of its scenario. */
const walls = groups
  .flatMap(([, names]) => names)
  .filter((name) => scenarioOf(name).reasons.length > 0)
  .map((name) => ({ name, open: (page: Page) => behindTheWall(page, name) }))

/** Every screen there is, and how a person comes to it. */
const screens = [
  { name: 'start-page', open: (page: Page) => page.goto(demo) },
  ...walls,
  { name: 'asked', open: (page: Page) => asked(page) },
  { name: 'guest-pay', open: (page: Page) => asGuest(page) },
  { name: 'overview', open: (page: Page) => account(page, 'two-subscriptions') },
  { name: 'overview-in-grace', open: (page: Page) => account(page, 'in-grace') },
  { name: 'usage', open: (page: Page) => account(page, 'heavy-usage', '/usage') },
  { name: 'usage-unknown', open: (page: Page) => account(page, 'usage-unknown', '/usage') },
  { name: 'invoices', open: (page: Page) => account(page, 'every-invoice', '/invoices') },
  { name: 'invoices-many', open: (page: Page) => account(page, 'many-invoices', '/invoices') },
  { name: 'invoice', open: (page: Page) => invoice(page) },
  { name: 'pay-chosen', open: (page: Page) => account(page, 'every-invoice', '/fix/pay-invoice?invoice=all') },
  { name: 'change-card', open: (page: Page) => changeCard(page) },
  { name: 'all-clear', open: (page: Page) => cleared(page, '/fix/all-clear') },
  { name: 'app-not-updated', open: (page: Page) => cleared(page, '/fix/app-not-updated') },
  { name: 'stranger', open: (page: Page) => page.goto(`${portal}/fix?app=app_demo&reason=card_expired`) },
  { name: 'sign-in', open: (page: Page) => page.goto(portal) },
  { name: 'sign-in-code', open: (page: Page) => askedForCode(page, 'nobody@acme.example') },
  { name: 'sign-in-choice', open: (page: Page) => choosing(page) },
  { name: 'not-a-member', open: (page: Page) => notMember(page) },
  { name: 'switch-by-code', open: (page: Page) => switching(page) },
  { name: 'short-code', open: (page: Page) => page.goto(`${portal}/r/AAAA-AAAA`) },
  { name: 'unknown-app', open: (page: Page) => page.goto(`${portal}/fix?app=app_gone`) },
] as const

const looks = [
  { colorScheme: 'light', viewport: { width: 1280, height: 1000 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 1000 } },
  { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const

for (const { name, open } of screens) {
  test(`${name} is readable, reachable and fits, by day and night, on a desk and a phone`, async ({ page }, info) => {
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await open(page)
    await settled(page)
    for (const { colorScheme, viewport } of looks) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize(viewport)
      await settled(page)
      const file = `${name}-${colorScheme}-${viewport.width}.png`
      await page.screenshot({ path: info.outputPath(file) })
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        // Stripe's own frame stands on a transparent ground, which axe takes for white.
        .exclude('iframe')
        .analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
    }
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([])
  })
}

async function behindTheWall(page: Page, scenario: ScenarioName): Promise<void> {
  await stage(page, scenario)
  const { reasons, screen } = scenarioOf(scenario)
  await hitTheWall(page, screen ?? usualScreens[reasons[0] ?? 'unknown'])
}

async function asked(page: Page): Promise<void> {
  await behindTheWall(page, 'may-not-pay')
  await page.getByRole('button', { name: 'Ask Anna' }).click()
  await expect(page.getByText('You asked Anna')).toBeVisible()
}

async function asGuest(page: Page): Promise<void> {
  await behindTheWall(page, 'card-expired')
  await page.getByRole('button', { name: 'Ask a colleague' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Make the link' })).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).include('dialog').analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = (await dialog.getByText(/\/pay#g=/).textContent()) ?? ''
  await page.context().clearCookies()
  await page.goto(link)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: /^Pay €49.00/ })).toBeVisible()
}

async function account(page: Page, scenario: ScenarioName, path = '/overview'): Promise<void> {
  await stage(page, scenario)
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/fix\/\w|\/maps\//)
  await page.goto(`${portal}${path}`)
}

async function invoice(page: Page): Promise<void> {
  await account(page, 'card-declined', '/invoices')
  await page.locator('tbody th a').first().click()
  await expect(page).toHaveURL(/invoices\/in_/)
}

/** Without a refusal in the address nobody is sent away from these. */
async function cleared(page: Page, path: string): Promise<void> {
  await stage(page, 'app-mistaken')
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/maps\//)
  await page.goto(`${portal}${path}`)
}

async function askedForCode(page: Page, email: string, at = `${portal}/sign-in`): Promise<void> {
  await page.goto(at)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await expect(page.getByLabel('Code from the e-mail')).toBeVisible()
}

/** One address that belongs to two accounts. */
async function choosing(page: Page): Promise<void> {
  const { anna } = await register(page, await stage(page, 'card-declined'))
  const second = await stage(page, 'healthy')
  await tellPortal(page, second, { label: 'Globex', members: [{ id: 'anna', role: 'owner', email: anna }] })
  await askedForCode(page, anna)
  await page.getByLabel('Code from the e-mail').fill(codeIn(await letterTo(page, anna)))
  await expect(page.getByRole('heading', { name: 'Which account?' })).toBeVisible()
}

async function notMember(page: Page): Promise<void> {
  const { sam } = await register(page, await stage(page, 'card-declined'))
  const url = await shortUrl(page, await stage(page, 'card-expired'))
  await askedForCode(page, sam, url)
  await page.getByLabel('Code from the e-mail').fill(codeIn(await letterTo(page, sam)))
  await expect(page.getByRole('heading', { name: 'This is about another account' })).toBeVisible()
}

async function switching(page: Page): Promise<void> {
  await behindTheWall(page, 'card-declined')
  await page.goto(await shortUrl(page, await stage(page, 'card-expired')))
  await expect(page.getByRole('heading', { name: 'This is about another account' })).toBeVisible()
}

async function changeCard(page: Page): Promise<void> {
  await account(page, 'in-grace')
  await page.goto(`${portal}/change-card`)
}

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Looking at your account' })).toHaveCount(0)
  await page.waitForLoadState('networkidle')
  const fields = page.locator('iframe[title="Secure payment input frame"]')
  if ((await fields.count()) > 0) {
    await expect(
      page.frameLocator('iframe[title="Secure payment input frame"]').getByLabel('Card number'),
    ).toBeVisible()
  }
}
