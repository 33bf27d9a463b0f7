import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import type { ScenarioName } from '#sandbox/demo/scenarios.ts'
import { amountsPaid, demo, portal, sandbox, stage, type Staged } from './scenario.ts'

async function invoicesOf(page: Page, scenario: ScenarioName): Promise<Staged> {
  const staged = await stage(page, scenario)
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/fix\/\w|\/maps\//)
  await page.goto(`${portal}/invoices`)
  await expect(page.getByRole('heading', { level: 1, name: 'Invoices' })).toBeVisible()
  return staged
}

test('one invoice is paid from the list, with its own screen, and the rest together, oldest first', async ({
  page,
}) => {
  test.slow()
  const staged = await invoicesOf(page, 'every-invoice')
  await expect(page.getByText('4 invoices to pay: €449.00.')).toBeVisible()
  await page
    .getByRole('row', { name: /Overdue since.*€120.00/ })
    .getByRole('link', { name: /^Pay/ })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Pay invoice')
  await page.getByRole('button', { name: /^Pay €120.00 with/ }).click()
  await expect(page).toHaveURL(`${portal}/invoices`)
  await expect(page.getByText('Paid €120.00')).toBeVisible()
  await expect(page.getByText('3 invoices to pay: €329.00.')).toBeVisible()

  await page.getByRole('link', { name: 'Pay all €329.00' }).click()
  await page.getByRole('button', { name: /^Pay €329.00 with/ }).click()
  await expect(page).toHaveURL(`${portal}/invoices`)
  await expect(page.getByText('Paid €329.00')).toBeVisible()
  await expect(page.getByRole('main').getByRole('link', { name: /^Pay/ })).toHaveCount(0)
  expect((await amountsPaid(page, staged)).toSorted((a, b) => a - b)).toEqual([19_00, 60_00, 120_00, 250_00])
})

test('what to look at is in the address, survives a reload, and an invoice is found by its number', async ({
  page,
}) => {
  await invoicesOf(page, 'many-invoices')
  await page.getByLabel('Year').selectOption('2024')
  await expect(page).toHaveURL(/year=2024/)
  const paid = page.getByRole('link', { name: 'Paid', exact: true })
  // The address is there before what it shows.
  await expect(paid).toHaveAttribute('href', /year=2024/)
  await paid.click()
  await expect(page).toHaveURL(/status=paid&year=2024/)
  await page.reload()
  await expect(page.getByRole('link', { name: 'Paid', exact: true })).toHaveAttribute('aria-current', 'true')
  await expect(page.getByLabel('Year')).toHaveValue('2024')
  await page.getByLabel('Invoice number').fill('42')
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.getByRole('link', { name: /-0042$/ })).toBeVisible()
  await page.getByLabel('Invoice number').fill('NONE-1')
  await page.keyboard.press('Enter')
  await expect(page.getByText('No invoice has the number NONE-1.')).toBeVisible()
})

test('whoever goes on with the keyboard goes on at the first of the new ones', async ({ page }) => {
  await invoicesOf(page, 'many-invoices')
  const numbers = page.locator('tbody th a')
  await expect(numbers).toHaveCount(25)
  await page.getByRole('button', { name: 'Show more' }).press('Enter')
  await expect(numbers).toHaveCount(125)
  await expect(numbers.nth(25)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/invoices\/in_/)
  await page.goBack()
  await expect(numbers).toHaveCount(125)
})

test('the paper of an invoice and the receipt open at Stripe, each by itself, and the list is a file', async ({
  page,
}) => {
  await invoicesOf(page, 'invoice-credited')
  await page.locator('tbody th a').first().click()
  await expect(page.getByText('Refund to the card')).toBeVisible()
  const paper = await page
    .context()
    .request.get(`${portal}${await page.getByRole('link', { name: 'Invoice (PDF)' }).getAttribute('href')}`)
  expect(paper.url()).toMatch(new RegExp(`^${sandbox}/invoice/in_\\w+/pdf$`))
  expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-')
  const opened = page.waitForEvent('popup')
  await page.getByRole('link', { name: 'Receipt' }).click()
  await expect((await opened).getByRole('heading', { name: /^Receipt from/ })).toBeVisible()

  await page.getByRole('link', { name: 'All invoices' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download as CSV' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  expect(text).toMatch(/^\uFEFFnumber,date,due,[\s\S]*partly_refunded,EUR,49\.00,0\.00,10\.00,15\.00,/)
})

test('a link for one invoice is made, listed and taken back', async ({ page }) => {
  await invoicesOf(page, 'every-invoice')
  await page
    .getByRole('row', { name: /Due in/ })
    .getByRole('link')
    .first()
    .click()
  await page.getByRole('button', { name: 'Let somebody without a login pay' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  await expect(dialog.getByText(/\/pay#g=/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('link', { name: 'All invoices' }).click()
  await page.getByRole('button', { name: 'Take back the link for €60.00' }).click()
  await expect(page.getByText('Links that still open')).toHaveCount(0)
})

test('a member sees how invoices stand, and no amount, paper or button', async ({ page }) => {
  const staged = await stage(page, 'may-not-pay')
  expect(staged.account).not.toBe('')
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/fix\/\w|\/maps\//)
  await page.goto(`${portal}/invoices`)
  await expect(page.getByText('Amounts, papers and paying are for Anna and Jo.')).toBeVisible()
  await expect(page.getByText(/Overdue since/)).toBeVisible()
  await expect(page.locator('main')).not.toContainText('€')
  await expect(page.getByRole('main').getByRole('link', { name: /Pay|PDF|CSV/ })).toHaveCount(0)
})
