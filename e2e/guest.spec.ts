import { expect, test, type Browser, type Page } from '@playwright/test'
import { letterTo, linkOf, register } from './mailbox.ts'
import { answerBank, cards, charges, hitTheWall, payButton, portal, stage, stripe, typeCard } from './scenario.ts'

async function makeLink(page: Page, { email, note }: { email?: string; note?: string } = {}): Promise<string> {
  await page.getByRole('button', { name: 'Ask a colleague' }).click()
  const dialog = page.getByRole('dialog')
  if (email !== undefined) await dialog.getByLabel('Send it to').fill(email)
  if (note !== undefined) await dialog.getByLabel('A note for them').fill(note)
  await dialog.getByRole('button', { name: /^(Make|Send) the link$/ }).click()
  return (await dialog.getByText(/\/pay#g=/).textContent()) ?? ''
}

async function guestAt(browser: Browser, link: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(link)
  return page
}

/** Of a guest nothing is known, so Stripe's fields ask for the country they guess. */
async function typeZip(page: Page): Promise<void> {
  await page.frameLocator('iframe[title="Secure payment input frame"]').getByLabel('ZIP code').fill('12345')
}

test('finance pays by a link with a card that wants the bank’s check; the owner’s screen is all clear', async ({
  page,
  browser,
}) => {
  test.slow()
  const staged = await stage(page, 'invoice-overdue')
  await register(page, staged)
  await hitTheWall(page, 'pay-invoice')
  const link = await makeLink(page, { note: 'For October, cost centre 4711' })
  const guest = await guestAt(browser, link)
  await expect(guest.getByRole('heading', { name: 'Pay an invoice for Acme GmbH' })).toBeVisible()
  expect(guest.url()).toBe(`${portal}/pay`)
  await guest.getByRole('button', { name: 'Continue' }).click()
  await expect(guest.getByRole('heading', { name: 'Pay €49.00 for Acme GmbH' })).toBeVisible()
  await expect(guest.getByText('For October, cost centre 4711')).toBeVisible()
  await expect(guest.getByText('Your card pays this once and is not kept.')).toBeVisible()
  await typeCard(guest, cards.alwaysAsks)
  await typeZip(guest)
  await payButton(guest).click()
  await answerBank(guest, 'Complete')
  await answerBank(guest, 'Complete')
  await expect(guest.getByRole('heading', { name: 'Paid €49.00' })).toBeVisible()

  const paid = (await charges(page, staged)).filter(({ status }) => status === 'succeeded')
  expect(paid.map(({ amount }) => amount)).toEqual([49_00])
  const kept = await stripe<{ data: { card: { last4: string } }[] }>(
    page.request,
    `payment_methods?customer=${staged.customer}`,
  )
  expect(kept.data.map(({ card }) => card.last4)).not.toContain('3184')
  await page.reload()
  await expect(page).toHaveURL(/all-clear|maps/)

  const second = await guestAt(browser, link)
  await expect(second.getByRole('heading', { name: 'This link was already used' })).toBeVisible()
})

test('a reload in the middle of the bank’s check loses nothing, and pays once', async ({ page, browser }) => {
  test.slow()
  const staged = await stage(page, 'card-declined')
  await register(page, staged)
  await hitTheWall(page, 'update-card')
  const guest = await guestAt(browser, await makeLink(page))
  await guest.getByRole('button', { name: 'Continue' }).click()
  await typeCard(guest, cards.alwaysAsks)
  await typeZip(guest)
  await payButton(guest).click()
  await answerBank(guest, 'Complete')
  await expect(guest.getByText('Your bank is asking…')).toBeVisible()
  await guest.reload()
  await guest.getByRole('button', { name: 'Continue to your bank' }).click()
  await answerBank(guest, 'Complete')
  await expect(guest.getByRole('heading', { name: 'Paid €49.00' })).toBeVisible()
  const paid = (await charges(page, staged)).filter(({ status }) => status === 'succeeded')
  expect(paid).toHaveLength(1)
})

test('a link that was sent by letter can be taken back, and then says so', async ({ page, browser }) => {
  const staged = await stage(page, 'card-expired')
  await register(page, staged)
  await hitTheWall(page, 'update-card')
  const email = `finance+${staged.account}@acme.example`
  await makeLink(page, { email })
  const link = linkOf(await letterTo(page, email))
  const before = await guestAt(browser, link)
  await expect(before.getByRole('button', { name: 'Continue' })).toBeVisible()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Take back the link for €49.00' }).click()
  await expect(dialog.getByText('Links that still open')).toHaveCount(0)
  const after = await guestAt(browser, link)
  await expect(after.getByRole('heading', { name: 'This link was taken back' })).toBeVisible()
  await expect(after.getByText('Anna can tell you why', { exact: false })).toBeVisible()
})
