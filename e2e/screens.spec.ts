import { expect, type Page } from '@playwright/test'
import { usualScreens } from '#sandbox/demo/reason.ts'
import { groups, scenarioOf, type ScenarioName } from '#sandbox/demo/scenarios.ts'
import { examine, faults } from './looks.ts'
import { codeIn, letterTo, register } from './mailbox.ts'
import { demo, hitTheWall, portal, shortUrl, stage, tellPortal } from './scenario.ts'

/** What stops somebody, by the name of its scenario. */
const walls = groups
  .flatMap(([, names]) => names)
  .filter((name) => scenarioOf(name).reasons.length > 0)
  .map((name) => ({ name, open: (page: Page) => behindTheWall(page, name) }))

/** Every screen but the pages of the account, and how a person comes to it. */
examine([
  { name: 'start-page', open: (page: Page) => page.goto(demo) },
  ...walls,
  { name: 'asked', open: (page: Page) => asked(page) },
  { name: 'guest-pay', open: (page: Page) => asGuest(page) },
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
])

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
  expect(await faults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = (await dialog.getByText(/\/pay#g=/).textContent()) ?? ''
  await page.context().clearCookies()
  await page.goto(link)
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('heading', { name: /^Pay €49.00/ })).toBeVisible()
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
