import { answerBank } from './scenario.ts'
import { expect, output, save, test, type } from './stripe-js-merchant.ts'

const AUTHENTICATION_FAILED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.'

test('a card is saved without a digit of it reaching the merchant page', async ({ merchant: { page, site, open } }) => {
  await page.addInitScript(() => {
    const heard: string[] = []
    Reflect.set(window, 'heard', heard)
    window.addEventListener('message', ({ data }) => heard.push(JSON.stringify(data)))
  })
  await open()
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

test('a declined card is told in the words of the API, and another one can be tried at once', async ({
  merchant: { page, open },
}) => {
  await open()
  await type(page, '4000000000009995')
  await save(page).click()
  await expect(output(page)).toContainText('error card_error card_declined insufficient_funds')
  await type(page, '4242424242424242')
  await save(page).click()
  await expect(output(page)).toHaveText(/^seti_\w+ succeeded$/)
})

test('a card whose bank asks is saved when the customer completes the check', async ({ merchant: { page, open } }) => {
  await open()
  await type(page, '4000002500003155')
  await save(page).click()
  await expect(page.getByRole('dialog', { name: '3D Secure challenge' })).toBeVisible()
  await page.keyboard.press('Escape')
  await answerBank(page, 'Complete')
  await expect(output(page)).toHaveText(/^seti_\w+ succeeded$/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(save(page)).toBeFocused()
})

test('a failed bank check is an error in words for the customer, and the page is usable again', async ({
  merchant: { page, open },
}) => {
  await open()
  await type(page, '4000002500003155')
  await save(page).click()
  await answerBank(page, 'Fail')
  await expect(output(page)).toContainText('setup_intent_authentication_failure')
  await expect(output(page)).toContainText(AUTHENTICATION_FAILED)
  await type(page, '4242424242424242')
  await save(page).click()
  await expect(output(page)).toHaveText(/^seti_\w+ succeeded$/)
})

test('a saved card pays without any fields on the page', async ({ merchant: { page, site, open } }) => {
  const customer = await site.stripe.customers.create({ email: 'anna@acme.example' })
  const method = await site.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
  const intent = await site.stripe.paymentIntents.create({ amount: 4900, currency: 'eur', customer: customer.id })
  await open({ bare: '1', saved: method.id, saved_secret: intent.client_secret ?? '' })
  await page.getByRole('button', { name: 'Pay with saved card' }).click()
  await expect(output(page)).toHaveText(`${intent.id} succeeded`)
  expect((await site.stripe.paymentIntents.retrieve(intent.id)).amount_received).toBe(4900)
})

for (const [answer, words] of [
  ['Complete', 'succeeded'],
  ['Fail', AUTHENTICATION_FAILED],
] as const) {
  test(`a payment that waits for the bank is taken up again and ends by "${answer}"`, async ({
    merchant: { page, site, open },
  }) => {
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
    await open({ bare: '1', secret: intent.client_secret ?? '' })
    await page.getByRole('button', { name: 'Finish bank check' }).click()
    await answerBank(page, answer)
    await expect(output(page)).toContainText(words)
    await page.getByRole('button', { name: 'Finish bank check' }).click()
    await expect(output(page)).toHaveText(
      'IntegrationError: handleNextAction: The PaymentIntent supplied is not in the requires_action state.',
    )
  })
}

test('confirming with redirect leaves for the return page with the intent in its address', async ({
  merchant: { page, site, open },
}) => {
  await open({ return_url: `${site.origin}/thanks?order=7` })
  await type(page, '4242424242424242')
  await save(page).click()
  await page.waitForURL(/\/thanks\?/)
  const { searchParams } = new URL(page.url())
  expect(searchParams.get('order')).toBe('7')
  expect(searchParams.get('setup_intent')).toMatch(/^seti_/)
  expect(searchParams.get('setup_intent_client_secret')).toMatch(/^seti_\w+_secret_/)
  expect(searchParams.get('redirect_status')).toBe('succeeded')
})

test('a page that forgets elements.submit() is told so, as by Stripe', async ({ merchant: { page, open } }) => {
  await open({ submit: 'no' })
  await type(page, '4242424242424242')
  await save(page).click()
  await expect(output(page)).toContainText(
    'IntegrationError: elements.submit() must be called before stripe.confirmSetup().',
  )
})

test('a payment of another amount than the page showed is refused before any charge', async ({
  merchant: { page, open },
}) => {
  const shown = { mode: 'payment', amount: 5000, currency: 'eur', setupFutureUsage: 'off_session' }
  await open({ pays: '1', elements: JSON.stringify(shown) })
  await type(page, '4242424242424242')
  await save(page).click()
  await expect(output(page)).toContainText('The provided amount (4900) does not match the expected amount (5000).')
})

test('a sandbox that stops answering is a connection error, and the card stays typed', async ({
  merchant: { page, open },
}) => {
  await open()
  await type(page, '4242424242424242')
  await page.context().route('**/confirm', (route) => route.abort())
  await save(page).click()
  await expect(output(page)).toContainText('api_connection_error')
  await expect(output(page)).toContainText('We are experiencing issues connecting to our payments provider.')
  await page.context().unroute('**/confirm')
  await save(page).click()
  await expect(output(page)).toHaveText(/^seti_\w+ succeeded$/)
})

test('a payment whose server asked for a redirect goes to the bank and comes back by itself', async ({
  merchant: { page, site, open },
}) => {
  const intent = await site.stripe.paymentIntents.create({
    amount: 4900,
    currency: 'eur',
    payment_method: 'pm_card_threeDSecure2Required',
    confirm: true,
    return_url: `${site.origin}/thanks`,
  })
  await open({ bare: '1', secret: intent.client_secret ?? '' })
  await page.getByRole('button', { name: 'Finish bank check' }).click()
  await page.getByRole('button', { name: 'Complete' }).click()
  await page.waitForURL(/\/thanks\?/)
  expect(new URL(page.url()).searchParams.get('redirect_status')).toBe('succeeded')
})
