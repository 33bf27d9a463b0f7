import { expect, test, type Page } from '@playwright/test'
import { codeIn, letterTo, register } from './mailbox.ts'
import { cards, demo, expectHealed, keepFromTheApp, payButton, portal, shortUrl, stage, typeCard } from './scenario.ts'

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  const field = page.getByLabel('Code from the e-mail')
  await expect(field).toBeFocused()
  // Typed as a person does; nothing is pressed after the sixth digit.
  await field.pressSequentially(codeIn(await letterTo(page, email)))
}

test('a short URL from a terminal leads over a code by e-mail to the exact fix, and the program is served', async ({
  page,
  browser,
}) => {
  test.slow()
  const staged = await stage(page, 'card-expired')
  const { anna } = await register(page, staged)
  const url = await shortUrl(page, staged)
  expect(url).toMatch(new RegExp(`^${portal}/r/[0-9A-Z]{4}-[0-9A-Z]{4}$`))

  const person = await (await browser.newContext()).newPage()
  await person.goto(url)
  await expect(person.getByRole('heading', { name: 'Sign in to go on with Maps API' })).toBeVisible()
  await expect(person.getByText('Acme')).toHaveCount(0)
  await signIn(person, anna)
  await expect(person).toHaveURL(/\/fix\/update-card\?check=chk_/)
  await expect(person.getByText('Acme GmbH · from Maps API')).toBeVisible()
  const mayLeave = await keepFromTheApp(person)
  await typeCard(person, cards.works)
  await payButton(person).click()
  await expect(person.getByRole('heading', { name: 'Paid €49.00' })).toBeVisible()
  mayLeave()
  await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })

  const headers = { Authorization: `Bearer ${staged.api_token}` }
  await expect.poll(async () => (await page.request.get(`${demo}/api/tiles/1/2/3`, { headers })).status()).toBe(200)
})

test('a code typed by hand leads to the same place, and a wrong one can be typed again', async ({ page, browser }) => {
  const staged = await stage(page, 'card-declined')
  const { jo } = await register(page, staged)
  const code = (await shortUrl(page, staged)).split('/').at(-1) ?? ''
  const person = await (await browser.newContext()).newPage()
  await person.goto(`${portal}/r`)
  await person.getByLabel('Short code').fill('AAAA-AAAA')
  await person.keyboard.press('Enter')
  await expect(person.getByText('This code is not valid or too old.', { exact: false })).toBeVisible()
  await person.getByLabel('Short code').fill(code.toLowerCase().replace('-', ' '))
  await person.keyboard.press('Enter')
  await signIn(person, jo)
  await expect(person).toHaveURL(/\/fix\/update-card\?check=chk_/)
})

test('a plain address without any SDK leads a stranger over sign-in to what is really wrong, and says so', async ({
  page,
  browser,
}) => {
  const staged = await stage(page, 'card-declined')
  const { anna } = await register(page, staged)
  const person = await (await browser.newContext()).newPage()
  const back = encodeURIComponent(`${demo}/maps/berlin`)
  await person.goto(`${portal}/fix?app=app_demo&reason=seat_limit&return_to=${back}&state=opaque`)
  await expect(person.getByText('Maps API says: all seats are taken.')).toBeVisible()
  await signIn(person, anna)
  await expect(person).toHaveURL(/\/fix\/update-card\?check=chk_/)
  await expect(person.getByText(/Maps API reported: all seats are taken. In fact: /)).toBeVisible()
  await typeCard(person, cards.works)
  const returned = person.waitForRequest((request) => request.url().startsWith(`${demo}/maps/berlin?billing_check=`))
  await payButton(person).click()
  const { searchParams } = new URL((await returned).url())
  expect([searchParams.get('billing_result'), searchParams.get('state')]).toEqual(['no_blocker', 'opaque'])
})

test('whoever is signed in to another account is told, and gets to the refused one by another address', async ({
  page,
  browser,
}) => {
  const mine = await stage(page, 'card-declined')
  const people = await register(page, mine)
  const other = await stage(page, 'card-expired')
  const theirs = await register(page, other)
  const url = await shortUrl(page, other)

  const person = await (await browser.newContext()).newPage()
  await person.goto(url)
  await signIn(person, people.sam)
  await expect(person.getByRole('heading', { name: 'This is about another account' })).toBeVisible()
  await expect(person.getByText(`${people.sam} is not a member of`, { exact: false })).toBeVisible()
  await person.getByRole('button', { name: 'Use another address' }).click()
  await signIn(person, theirs.anna)
  await expect(person).toHaveURL(/\/fix\/update-card\?check=chk_/)
})
