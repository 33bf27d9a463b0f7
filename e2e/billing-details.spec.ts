import { expect, test, type Page } from '@playwright/test'
import { register, letterTo, codeIn } from './mailbox.ts'
import { demo, merchant, portal, stage, stripe, type Staged } from './scenario.ts'

type Held = { readonly name: string; readonly email: string; readonly preferred_locales: readonly string[] }

/** The page as the owner sees it, straight from the app. */
async function open(page: Page, scenario: Parameters<typeof stage>[1]): Promise<Staged> {
  const staged = await stage(page, scenario)
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/maps\/|\/fix\//)
  await page.goto(`${portal}/billing-details`)
  await expect(page.getByRole('heading', { name: 'Billing details', level: 1 })).toBeVisible()
  return staged
}

const held = (page: Page, { customer }: Staged) => stripe<Held>(page.request, `customers/${customer}`)

test('name, address and language are changed at Stripe, and what was not touched stays', async ({ page }) => {
  const staged = await open(page, 'billing-details')
  const before = await held(page, staged)
  await page.getByLabel('Country or region').selectOption('Germany')
  await page.getByLabel('Street and number').fill('Hauptstraße 1')
  await page.getByLabel('Postal code').fill('10115')
  await page.getByLabel('City').fill('Berlin')
  await page.getByLabel('Language of invoices').selectOption('German')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved. It stands on invoices from the next one on.')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('City')).toHaveValue('Berlin')
  const after = await held(page, staged)
  expect(after).toMatchObject({ name: before.name, email: before.email, preferred_locales: ['de'] })
})

test('of two tabs neither undoes what the other has saved', async ({ page, context }) => {
  const staged = await open(page, 'healthy')
  const other = await context.newPage()
  await other.goto(`${portal}/billing-details`)
  await expect(other.getByRole('heading', { name: 'Billing details', level: 1 })).toBeVisible()
  await page.getByLabel('Name on your invoices').fill('Acme Holding GmbH')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText(/^Saved/)).toBeVisible()
  await other.getByLabel('Language of invoices').selectOption('French')
  await other.getByRole('button', { name: 'Save changes' }).click()
  await expect(other.getByText(/^Saved/)).toBeVisible()
  expect(await held(page, staged)).toMatchObject({ name: 'Acme Holding GmbH', preferred_locales: ['fr'] })
})

test('a tax number that Stripe refuses is refused at its field; a right one waits for the office', async ({ page }) => {
  await open(page, 'healthy')
  await page.getByRole('button', { name: 'Add a tax number' }).click()
  await page.getByLabel('Kind of tax number').selectOption('GB VAT, United Kingdom'.replace('GB ', ''))
  await page.getByLabel('Tax number', { exact: true }).fill('980 7806 84')
  await page.getByRole('button', { name: 'Add number' }).click()
  const number = page.getByRole('listitem').filter({ hasText: 'GB980780684' })
  await expect(number).toContainText('Being checked')
  await number.getByRole('button', { name: 'Remove GB980780684' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('left out from the next invoice on')
  await dialog.getByRole('button', { name: 'Remove GB980780684' }).click()
  await expect(number).toHaveCount(0)
})

test('what the tax office says of each number is told, none of it by colour alone', async ({ page }) => {
  await open(page, 'tax-numbers')
  for (const [value, word] of [
    ['DE000000000', 'Verified'],
    ['ATU11111111', 'Not confirmed'],
    ['FRAB222222222', 'Being checked'],
  ] as const) {
    await expect(page.getByRole('listitem').filter({ hasText: value })).toContainText(word)
  }
})

test('another address for invoices takes a fresh proof, and the old address hears of it', async ({ page }) => {
  const staged = await open(page, 'healthy')
  const { anna } = await register(page, staged)
  // Every account begins with the same address, and other journeys are written to there.
  const old = `before+${staged.account}@acme.example`
  await merchant(page, `customers/${staged.customer}`, { email: old })
  await page.reload()
  await expect(page.getByLabel('E-mail address for invoices')).toHaveValue(old)
  // Signed in by the app just now: no code is asked for.
  await page.getByLabel('E-mail address for invoices').fill(`finance+${staged.account}@acme.example`)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText(/^Saved/)).toBeVisible()
  const letter = await letterTo(page, old)
  expect(letter.subject).toContain('go to another address')
  expect((await held(page, staged)).email).toBe(`finance+${staged.account}@acme.example`)
  expect(anna).toContain(staged.account)
  expect(codeIn(letter)).toBe('')
})

test('copies of letters are added and taken away', async ({ page }) => {
  const staged = await open(page, 'healthy')
  const address = `copy+${staged.account}@acme.example`
  await page.getByLabel('E-mail address to add').fill(address)
  await page.getByRole('button', { name: 'Add address' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: address })).toBeVisible()
  await page.getByRole('button', { name: `Remove ${address}` }).click()
  await expect(page.getByText('Nobody yet.')).toBeVisible()
})

test('who may not pay reads them and sees who can change them', async ({ page }) => {
  await stage(page, 'may-not-pay')
  await page.goto(`${demo}/maps/berlin`)
  await expect(page).toHaveURL(/\/fix\//)
  await page.goto(`${portal}/billing-details`)
  await expect(page.getByText('Anna and Jo can change them.')).toBeVisible()
  await expect(page.getByRole('textbox')).toHaveCount(0)
})
