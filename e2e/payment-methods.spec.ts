import { expect, test, type Page } from '@playwright/test'
import type { ScenarioName } from '#sandbox/demo/scenarios.ts'
import {
  amountsPaid,
  answerBank,
  cards,
  charges,
  demo,
  merchant,
  portal,
  stage,
  stripe,
  typeCard,
  type Customer,
  type PaymentMethod,
  type Staged,
  type Subscription,
} from './scenario.ts'

async function openMethods(page: Page, scenario: ScenarioName): Promise<Staged> {
  const staged = await stage(page, scenario)
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/fix\/\w|\/maps\//)
  await page.goto(`${portal}/payment-methods`)
  await expect(page.getByRole('heading', { level: 1, name: 'Payment methods' })).toBeVisible()
  return staged
}

/** The last digits of what Stripe charges: the customer's default, then each subscription's own. */
async function chargedAt(page: Page, { customer, subscriptions }: Staged): Promise<(string | undefined)[]> {
  const owner = await stripe<Customer>(page.request, `customers/${customer}`)
  const own = await Promise.all(subscriptions.map((id) => stripe<Subscription>(page.request, `subscriptions/${id}`)))
  const ids = [owner.invoice_settings.default_payment_method, ...own.map((one) => one.default_payment_method)]
  return Promise.all(
    ids.map(async (id) =>
      id === null ? undefined : (await stripe<PaymentMethod>(page.request, `payment_methods/${id}`)).card.last4,
    ),
  )
}

test('another default takes the plans that follow it, and one that has its own where that is wished', async ({
  page,
}) => {
  const staged = await openMethods(page, 'own-cards')
  await page.getByRole('button', { name: 'Make default: Mastercard' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/€49.00 on/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Make it the default' }).click()
  await expect(page.getByText(/Mastercard\s••\s4444 is charged by default now/)).toBeVisible()
  expect(await chargedAt(page, staged)).toEqual(['4444', undefined, '4444'])
  await page.getByRole('button', { name: 'Make default: Visa' }).click()
  await dialog.getByRole('checkbox', { name: /Move Traffic add-on as well/ }).check()
  await dialog.getByRole('button', { name: 'Make it the default' }).click()
  await expect(page.getByText(/Visa\s••\s4242 is charged by default now/)).toBeVisible()
  expect(await chargedAt(page, staged)).toEqual(['4242', undefined, '4242'])
  expect(await charges(page, staged)).toEqual([])
})

test('what is charged goes only when another one has taken its place', async ({ page }) => {
  const staged = await openMethods(page, 'own-cards')
  await page.getByRole('button', { name: 'Remove Visa •• 4242' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('It is charged for:')).toBeVisible()
  await expect(dialog.getByText(/€49.00 on/)).toBeVisible()
  await dialog.getByRole('button', { name: /Remove it and charge Mastercard/ }).click()
  await expect(page.getByText(/Visa\s••\s4242 is removed/)).toBeVisible()
  expect(await chargedAt(page, staged)).toEqual(['4444', undefined, '4444'])
})

test('the last one stays until another is added, which takes its place; then it can go', async ({ page }) => {
  const staged = await openMethods(page, 'healthy')
  await page.getByRole('button', { name: 'Remove Visa •• 4242' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('link', { name: 'Cancel the plan instead' })).toBeVisible()
  await dialog.getByRole('link', { name: 'Add another first' }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Replace Visa/ })).toBeVisible()
  await typeCard(page, cards.asksOnce)
  await page.getByRole('button', { name: 'Save and replace' }).click()
  await answerBank(page, 'Complete')
  await expect(page.getByText('It is saved', { exact: true })).toBeVisible()
  expect(await chargedAt(page, staged)).toEqual(['3155', undefined])
  await page.getByRole('button', { name: 'Remove Visa •• 4242' }).click()
  await dialog.getByRole('button', { name: 'Remove it' }).click()
  await expect(page.getByText(/Visa\s••\s4242 is removed/)).toBeVisible()
  expect(await charges(page, staged)).toEqual([])
})

test('a declined card is told of, and a spare one changes nothing that is charged', async ({ page }) => {
  const staged = await openMethods(page, 'healthy')
  await page.getByRole('link', { name: 'Add a payment method' }).click()
  await typeCard(page, cards.insufficientFunds)
  await page.getByRole('radio', { name: /Only keep it/ }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('No money was taken', { exact: false })).toBeVisible()
  await typeCard(page, cards.works)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('It is saved', { exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Also saved' })).toBeVisible()
  expect(await chargedAt(page, staged)).toEqual(['4242', undefined])
})

test('a bank account is verified by the code in its statement', async ({ page }) => {
  await openMethods(page, 'bank-to-verify')
  const code = page.getByLabel('Code from the statement')
  await code.fill('SM99ZZ')
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByText('That is not what was sent')).toBeVisible()
  await code.fill('sm11aa')
  await page.getByRole('button', { name: 'Verify' }).click()
  await expect(page.getByText('Your bank account is verified')).toBeVisible()
  await expect(page.getByText('Cannot be the default: it does not pay in EUR')).toBeVisible()
  await expect(page.getByRole('button', { name: /Remove Bank account/ })).toBeVisible()
})

test('where Stripe’s fields are kept away, there are words and a way on', async ({ page }) => {
  await openMethods(page, 'healthy')
  await page.route(/stripe\.js/, (route) => route.abort())
  await page.goto(`${portal}/payment-methods/add`)
  await expect(page.getByText('The card fields did not load')).toBeVisible()
  await page.unroute(/stripe\.js/)
  await page.getByRole('button', { name: 'Load the card fields again' }).click()
  await expect(page.frameLocator('iframe[title="Secure payment input frame"]').getByLabel('Card number')).toBeVisible()
})

test('a backup that was agreed to pays what is declined, that is told, and it is taken back with one click', async ({
  page,
}) => {
  const staged = await stage(page, 'healthy')
  const spare = await merchant<PaymentMethod>(page, 'payment_methods/pm_card_mastercard/attach', {
    customer: staged.customer,
  })
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/fix\/\w|\/maps\//)
  await page.goto(`${portal}/payment-methods`)
  await page.getByRole('button', { name: /^Use as backup: Mastercard/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText(/If an automatic charge to Visa\s••\s4242 is declined/)).toBeVisible()
  await dialog.getByRole('button', { name: /^I agree/ }).click()
  await expect(page.getByText(/Mastercard\s••\s4444 is the backup now/)).toBeVisible()

  await renewDeclined(page, staged)
  // What was not heard of at once is looked for every half minute.
  await expect.poll(() => amountsPaid(page, staged), { timeout: 45_000 }).toEqual([49_00])
  await page.goto(`${portal}/overview`)
  // Stripe has the money a moment before the portal has written down what came of it.
  await expect(async () => {
    await page.getByRole('button', { name: 'Check again' }).click()
    await expect(page.getByText(/Charged to your backup, Mastercard\s••\s4444/)).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await page.getByRole('link', { name: 'See the invoice' }).click()
  await expect(page.getByText(/because Visa\s••\s0341 was declined/)).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'Payment methods' }).click()
  await page.getByRole('button', { name: /^Stop using it as backup: Mastercard/ }).click()
  await expect(page.getByText('There is no backup any more')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Use as backup: Mastercard/ })).toBeVisible()
  const saved = await stripe<{ data: PaymentMethod[] }>(page.request, `customers/${staged.customer}/payment_methods`)
  expect(saved.data.map(({ id }) => id)).toContain(spare.id)
})

/** The default becomes a card that declines, and the next renewal comes by the customer's own clock. */
async function renewDeclined(page: Page, { customer, subscriptions }: Staged): Promise<void> {
  const bad = await merchant<PaymentMethod>(page, 'payment_methods/pm_card_chargeCustomerFail/attach', { customer })
  await merchant(page, `customers/${customer}`, { 'invoice_settings[default_payment_method]': bad.id })
  const { test_clock: clock } = await stripe<{ test_clock: string }>(page.request, `customers/${customer}`)
  const { items } = await stripe<{ items: { data: { current_period_end: number }[] } }>(
    page.request,
    `subscriptions/${subscriptions[0]}`,
  )
  const end = items.data[0]?.current_period_end ?? 0
  // Stripe charges a renewal an hour after it has drafted it.
  await merchant(page, `test_helpers/test_clocks/${clock}/advance`, { frozen_time: String(end + 7_200) })
}
