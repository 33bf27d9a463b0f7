import { expect, test } from '@playwright/test'
import { openSite } from './stripe-js-site.ts'
import type { Page } from '@playwright/test'
import type { Site } from './stripe-js-site.ts'

let site: Site
test.beforeAll(async () => {
  site = await openSite()
})
test.afterAll(() => site.close())

const GERMANY = JSON.stringify({ defaultValues: { billingDetails: { address: { country: 'DE' } } } })

/** Everything the browser refused on the merchant's page or in a frame, by the policies of either. */
const refusals = new WeakMap<Page, string[]>()

test.beforeEach(async ({ page }) => {
  const seen: string[] = []
  refusals.set(page, seen)
  await page.exposeFunction('refused', (what: string) => seen.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      void Reflect.get(window, 'refused')?.(`${violatedDirective} ${blockedURI}`)
    })
  })
})

test.afterEach(({ page }) => {
  expect(refusals.get(page)).toEqual([])
})

const open = async (page: Page, words: Record<string, string> = {}) => {
  const query = new URLSearchParams({ sandbox: site.sandbox, payment: GERMANY, ...words })
  await page.goto(`${site.origin}/?${query.toString()}`)
  if (!('bare' in words)) await expect(save(page)).toBeEnabled()
}

const fields = (page: Page) => page.frameLocator('iframe[title="Secure payment input frame"]')
const bank = (page: Page) => page.frameLocator('iframe[title="3D Secure challenge"]')
const save = (page: Page) => page.getByRole('button', { name: 'Save card' })
const output = (page: Page) => page.locator('output')

const type = async (page: Page, number: string) => {
  await fields(page).getByLabel('Card number').fill(number)
  await fields(page).getByLabel('Expiry date').fill('12 / 34')
  await fields(page).getByLabel('Security code').fill('123')
}

const AUTHENTICATION_FAILED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.'

test('a card is saved without a digit of it reaching the merchant page', async ({ page }) => {
  await page.addInitScript(() => {
    const heard: string[] = []
    Reflect.set(window, 'heard', heard)
    window.addEventListener('message', ({ data }) => heard.push(JSON.stringify(data)))
  })
  await open(page)
  await type(page, '4242424242424242')
  await save(page).click()
  await expect(output(page)).toHaveText(/^seti_\w+ succeeded$/)

  const frames = page.frames().map((frame) => new URL(frame.url()).origin)
  expect(frames[0]).toBe(site.origin)
  expect(frames.slice(1)).toEqual(frames.slice(1).map(() => site.sandbox))
  const heard = await page.evaluate(() => String(Reflect.get(window, 'heard')))
  expect(heard).toContain('"change"')
  expect(heard).not.toMatch(/4242|12 \/ 34/)
})

test('a declined card is told in the words of the API, and another one can be tried at once', async ({ page }) => {
  await open(page)
  await type(page, '4000000000009995')
  await save(page).click()
  await expect(output(page)).toContainText('error card_error card_declined insufficient_funds')
  await type(page, '4242424242424242')
  await save(page).click()
  await expect(output(page)).toHaveText(/^seti_\w+ succeeded$/)
})

test('a card whose bank asks is saved when the customer completes the check', async ({ page }) => {
  await open(page)
  await type(page, '4000002500003155')
  await save(page).click()
  await expect(page.getByRole('dialog', { name: '3D Secure challenge' })).toBeVisible()
  await page.keyboard.press('Escape')
  await bank(page).getByRole('button', { name: 'Complete' }).click()
  await expect(output(page)).toHaveText(/^seti_\w+ succeeded$/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(save(page)).toBeFocused()
})

test('a failed bank check is an error in words for the customer, and the page is usable again', async ({ page }) => {
  await open(page)
  await type(page, '4000002500003155')
  await save(page).click()
  await bank(page).getByRole('button', { name: 'Fail' }).click()
  await expect(output(page)).toContainText('setup_intent_authentication_failure')
  await expect(output(page)).toContainText(AUTHENTICATION_FAILED)
  await type(page, '4242424242424242')
  await save(page).click()
  await expect(output(page)).toHaveText(/^seti_\w+ succeeded$/)
})

test('an unfinished form is refused beside the field, with the cursor in the first bad one', async ({ page }) => {
  await open(page)
  const number = fields(page).getByLabel('Card number')
  await number.fill('4242 4242')
  await save(page).click()
  await expect(output(page)).toContainText('validation_error incomplete_number')
  await expect(number).toBeFocused()
  await expect(number).toHaveAttribute('aria-invalid', 'true')
  await expect(number).toHaveAccessibleDescription('Your card number is incomplete.')
  await expect(fields(page).getByLabel('Expiry date')).toHaveAccessibleDescription(
    "Your card's expiration date is incomplete.",
  )
  await number.fill('4242424242424241')
  await expect(number).toHaveAccessibleDescription('Your card number is invalid.')
  await fields(page).getByLabel('Expiry date').fill('12/20')
  await expect(fields(page).getByLabel('Expiry date')).toHaveAccessibleDescription(
    "Your card's expiration year is in the past.",
  )
})

test('the fields are typed through by keyboard, formatted on the way, and Enter sends nothing', async ({ page }) => {
  await open(page, { payment: '{}' })
  const names = ['Card number', 'Expiry date', 'Security code', 'Country', 'ZIP code']
  await fields(page).getByLabel('Card number').focus()
  for (const [index, name] of names.entries()) {
    await expect(fields(page).getByLabel(name)).toBeFocused()
    const typed = ['378282246310005', '130', '1234x', '', '12345'][index] ?? ''
    await page.keyboard.type(typed)
    if (index < names.length - 1) await page.keyboard.press('Tab')
  }
  await expect(fields(page).getByLabel('Card number')).toHaveValue('3782 822463 10005')
  await expect(fields(page).getByText('American Express')).toBeVisible()
  await expect(fields(page).getByLabel('Expiry date')).toHaveValue('01 / 30')
  await expect(fields(page).getByLabel('Security code')).toHaveValue('1234')
  await page.keyboard.press('Enter')
  await expect(page.locator('#events')).toContainText('change:complete')
  await expect(output(page)).toHaveText('')
  await fields(page).getByLabel('Country').selectOption('FR')
  await expect(fields(page).getByLabel('ZIP code')).toBeHidden()
})

test('a new appearance is worn at once, and what was typed stays', async ({ page }) => {
  await open(page)
  const number = fields(page).getByLabel('Card number')
  await number.fill('4242424242424242')
  await page.getByRole('button', { name: 'Night' }).click()
  await number.focus()
  await expect(number).toHaveCSS('outline-color', 'rgb(120, 220, 160)')
  await expect(fields(page).locator('html')).toHaveCSS('color-scheme', 'dark')
  await expect(number).toHaveValue('4242 4242 4242 4242')
})

test('a saved card pays without any fields on the page', async ({ page }) => {
  const customer = await site.stripe.customers.create({ email: 'anna@acme.example' })
  const method = await site.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  const intent = await site.stripe.paymentIntents.create({ amount: 4900, currency: 'eur', customer: customer.id })
  await open(page, { bare: '1', saved: method.id, saved_secret: intent.client_secret ?? '' })
  await page.getByRole('button', { name: 'Pay with saved card' }).click()
  await expect(output(page)).toHaveText(`${intent.id} succeeded`)
  expect((await site.stripe.paymentIntents.retrieve(intent.id)).amount_received).toBe(4900)
})

for (const [answer, words] of [
  ['Complete', 'succeeded'],
  ['Fail', AUTHENTICATION_FAILED],
] as const) {
  test(`a payment that waits for the bank is taken up again and ends by "${answer}"`, async ({ page }) => {
    const customer = await site.stripe.customers.create({})
    const method = await site.stripe.paymentMethods.attach('pm_card_threeDSecure2Required', { customer: customer.id })
    const intent = await site.stripe.paymentIntents.create({
      amount: 4900,
      currency: 'eur',
      customer: customer.id,
      payment_method: method.id,
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    })
    expect(intent.status).toBe('requires_action')
    await open(page, { bare: '1', secret: intent.client_secret ?? '' })
    await page.getByRole('button', { name: 'Finish bank check' }).click()
    await bank(page).getByRole('button', { name: answer }).click()
    await expect(output(page)).toContainText(words)
    await page.getByRole('button', { name: 'Finish bank check' }).click()
    await expect(output(page)).toHaveText(
      'IntegrationError: handleNextAction: The PaymentIntent supplied is not in the requires_action state.',
    )
  })
}

test('confirming with redirect leaves for the return page with the intent in its address', async ({ page }) => {
  await open(page, { return_url: `${site.origin}/thanks?order=7` })
  await type(page, '4242424242424242')
  await save(page).click()
  await page.waitForURL(/\/thanks\?/)
  const { searchParams } = new URL(page.url())
  expect(searchParams.get('order')).toBe('7')
  expect(searchParams.get('setup_intent')).toMatch(/^seti_/)
  expect(searchParams.get('setup_intent_client_secret')).toMatch(/^seti_\w+_secret_/)
  expect(searchParams.get('redirect_status')).toBe('succeeded')
})

test('a page that forgets elements.submit() is told so, as by Stripe', async ({ page }) => {
  await open(page, { submit: 'no' })
  await type(page, '4242424242424242')
  await save(page).click()
  await expect(output(page)).toContainText(
    'IntegrationError: elements.submit() must be called before stripe.confirmSetup().',
  )
})

test('a payment of another amount than the page showed is refused before any charge', async ({ page }) => {
  const shown = { mode: 'payment', amount: 5000, currency: 'eur', setupFutureUsage: 'off_session' }
  await open(page, { pays: '1', elements: JSON.stringify(shown) })
  await type(page, '4242424242424242')
  await save(page).click()
  await expect(output(page)).toContainText('The provided amount (4900) does not match the expected amount (5000).')
})

test('a sandbox that stops answering is a connection error, and the card stays typed', async ({ page }) => {
  await open(page)
  await type(page, '4242424242424242')
  await page.context().route('**/confirm', (route) => route.abort())
  await save(page).click()
  await expect(output(page)).toContainText('api_connection_error')
  await expect(output(page)).toContainText('We are experiencing issues connecting to our payments provider.')
  await page.context().unroute('**/confirm')
  await save(page).click()
  await expect(output(page)).toHaveText(/^seti_\w+ succeeded$/)
})

test('fields that cannot be loaded are reported to the page', async ({ page }) => {
  await page.context().route('**/stripe-js/frame.js', (route) => route.abort())
  await page.goto(`${site.origin}/?${new URLSearchParams({ sandbox: site.sandbox }).toString()}`)
  await expect(page.locator('#events')).toContainText('loaderror:api_connection_error')
  await expect(save(page)).toBeDisabled()
})
