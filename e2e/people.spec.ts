import { expect, test, type Page } from '@playwright/test'
import { codeIn, letterTo, register } from './mailbox.ts'
import { demo, portal, stage, type Staged } from './scenario.ts'

/** The page as the owner sees it, straight from the app. */
async function open(page: Page, scenario: Parameters<typeof stage>[1] = 'healthy'): Promise<Staged> {
  const staged = await stage(page, scenario)
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/maps\/|\/fix\//)
  await page.goto(`${portal}/people`)
  await expect(page.getByRole('heading', { name: 'People', level: 1 })).toBeVisible()
  return staged
}

const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

async function invite(page: Page, email: string): Promise<void> {
  await page.getByLabel('Name (optional)').fill('Lee')
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Role').selectOption('Billing admin')
  await page.getByRole('button', { name: 'Send invitation' }).click()
  await expect(page.getByText('Invited Lee. The letter is on its way.')).toBeVisible()
}

test('whoever is invited signs in by the letter’s address and can pay; the app has heard', async ({
  page,
  browser,
}) => {
  const staged = await open(page)
  const lee = `lee+${staged.account}@acme.example`
  await invite(page, lee)
  await expect(row(page, lee)).toContainText('Invited today')
  const letter = await letterTo(page, lee)
  const other = await (await browser.newContext()).newPage()
  await other.goto(/https?:\/\/\S+/.exec(letter.text)?.[0] ?? '')
  await other.getByLabel('E-mail address').fill(lee)
  await other.getByRole('button', { name: 'Send me a code' }).click()
  await expect(other.getByLabel('Code from the e-mail')).toBeVisible()
  await expect.poll(async () => codeIn(await letterTo(page, lee))).not.toBe('')
  await other.getByLabel('Code from the e-mail').fill(codeIn(await letterTo(page, lee)))
  await expect(other).toHaveURL(`${portal}/overview`)
  await other.goto(`${portal}/billing-details`)
  await expect(other.getByRole('button', { name: 'Save changes' })).toBeVisible()
  await page.reload()
  await expect(row(page, lee)).not.toContainText('Invited')
  const heard = async () => {
    const headers = { Authorization: `Bearer ${staged.api_token}` }
    return JSON.stringify(await (await page.request.get(`${demo}/api/heard`, { headers })).json())
  }
  await expect.poll(heard).toContain('members.changed')
})

test('whoever is removed is out at once, in the browser they are signed in with', async ({ page, browser }) => {
  const staged = await open(page)
  const { sam } = await register(page, staged)
  await page.reload()
  const other = await (await browser.newContext()).newPage()
  await other.goto(`${portal}/sign-in`)
  await other.getByLabel('E-mail address').fill(sam)
  await other.getByRole('button', { name: 'Send me a code' }).click()
  await other.getByLabel('Code from the e-mail').fill(codeIn(await letterTo(page, sam)))
  await expect(other).toHaveURL(`${portal}/overview`)
  await page.getByRole('button', { name: 'Change Sam' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Remove from Acme GmbH' }).click()
  await expect(dialog).toContainText('signed out everywhere at once')
  await dialog.getByRole('button', { name: 'Remove Sam' }).click()
  await expect(row(page, 'Sam')).toHaveCount(0)
  await other.goto(`${portal}/people`)
  await expect(other.getByRole('link', { name: /Sign in/ })).toBeVisible()
})

test('an account is handed over, and who handed over can no longer change people', async ({ page }) => {
  await open(page)
  await page.getByRole('button', { name: 'Change Jo' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Hand over ownership' }).click()
  await expect(dialog).toContainText('You become a billing admin')
  await dialog.getByRole('button', { name: 'Hand over to Jo' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(row(page, 'Anna')).toContainText('Billing admin')
  await expect(row(page, 'Jo')).toContainText('Owner')
  await expect(page.getByRole('button', { name: 'Change Sam' })).toHaveCount(0)
})

test('a role is changed by keyboard alone', async ({ page }) => {
  await open(page)
  await page.getByRole('button', { name: 'Change Sam' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Role').selectOption('Viewer')
  await dialog.getByRole('button', { name: 'Save role' }).press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(row(page, 'Sam')).toContainText('Viewer')
})

test('one of sixty is found, whatever their name is long', async ({ page }) => {
  await open(page, 'many-people')
  await expect(page.getByText('60 people', { exact: true })).toBeVisible()
  await page.getByLabel('Find a person').fill('person 42')
  await expect(page.getByText('1 person found')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Change / })).toHaveCount(1)
})

test('who may not pay sees who can, and nothing to press', async ({ page }) => {
  await stage(page, 'may-not-pay')
  await page.goto(`${demo}/maps/berlin`)
  await expect(page).toHaveURL(/\/fix\//)
  await page.goto(`${portal}/people`)
  await expect(page.getByText('Anna and Jo can pay for Acme GmbH.')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Change|Send/ })).toHaveCount(0)
  await expect(page.getByText('@acme.example')).toHaveCount(0)
})
