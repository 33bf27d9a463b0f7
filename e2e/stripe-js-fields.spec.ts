import { AxeBuilder } from '@axe-core/playwright'
import { expect, fields, output, save, test } from './stripe-js-merchant.ts'

test('an unfinished form is refused beside the field, with the cursor in the first bad one', async ({
  merchant: { page, open },
}) => {
  await open()
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

test('a press stays a press although the fields grow under it, and what they say then is shown whole', async ({
  merchant: { page, open },
}) => {
  await page.addInitScript(() => {
    const heights: number[] = []
    Reflect.set(window, 'heights', heights)
    window.addEventListener('message', ({ data }: MessageEvent<{ event?: string; detail: number }>) => {
      if (data.event === 'height') heights.push(data.detail)
    })
  })
  const asked = () => page.evaluate(() => (Reflect.get(window, 'heights') as number[]).at(-1) ?? 0)
  const shown = async () => (await page.locator('iframe[title="Secure payment input frame"]').boundingBox())?.height
  await open()
  await expect.poll(async () => (await shown()) === (await asked())).toBe(true)
  const before = await asked()
  await fields(page).getByLabel('Card number').fill('4242 4242')
  await save(page).hover()
  await page.mouse.down()
  await expect(fields(page).getByText('Your card number is incomplete.')).toBeVisible()
  await expect.poll(asked).toBeGreaterThan(before)
  await page.mouse.up()
  await expect(output(page)).toContainText('validation_error incomplete_number')
  await expect.poll(async () => (await shown()) === (await asked())).toBe(true)
})

test('the fields are typed through by keyboard, formatted on the way, and Enter sends nothing', async ({
  merchant: { page, open },
}) => {
  await open({ payment: '{}' })
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

test('a new appearance is worn at once, and what was typed stays', async ({ merchant: { page, open } }) => {
  await open()
  const number = fields(page).getByLabel('Card number')
  await number.fill('4242424242424242')
  await page.getByRole('button', { name: 'Night' }).click()
  await number.focus()
  await expect(number).toHaveCSS('outline-color', 'rgb(120, 220, 160)')
  await expect(fields(page).locator('html')).toHaveCSS('color-scheme', 'dark')
  await expect(number).toHaveValue('4242 4242 4242 4242')
})

test('fields that cannot be loaded are reported to the page', async ({ merchant: { page, site } }) => {
  await page.context().route('**/stripe-js/frame.js', (route) => route.abort())
  await page.goto(`${site.origin}/?${new URLSearchParams({ sandbox: site.sandbox }).toString()}`)
  await expect(page.locator('#events')).toContainText('loaderror:api_connection_error')
  await expect(save(page)).toBeDisabled()
})

for (const theme of ['stripe', 'night'] as const) {
  test(`the fields of theme ${theme} have no accessibility violation, empty or refused`, async ({
    merchant: { page, open },
  }) => {
    const appearance = { theme }
    await open({ payment: '{}', elements: JSON.stringify({ mode: 'setup', currency: 'eur', appearance }) })
    // The frame is clear and shows the merchant's ground; axe sees one document at a time and would think it white.
    const ground = theme === 'night' ? 'rgb(20, 22, 28)' : 'rgb(251, 250, 248)'
    await fields(page)
      .locator('html')
      .evaluate((html, color) => html.style.setProperty('background', color), ground)
    await save(page).click()
    await expect(fields(page).getByText('Your ZIP code is incomplete.')).toBeVisible()
    const { violations } = await new AxeBuilder({ page })
      .include('iframe[title="Secure payment input frame"]')
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })
}
