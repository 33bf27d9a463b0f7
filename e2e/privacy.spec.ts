import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { faults } from './looks.ts'
import { codeIn, letterTo, linkOf, register } from './mailbox.ts'
import { hitTheWall, portal, stage, type Staged } from './scenario.ts'

const looks = [
  { colorScheme: 'light', viewport: { width: 1280, height: 1000 } },
  { colorScheme: 'dark', viewport: { width: 1280, height: 1000 } },
  { colorScheme: 'light', viewport: { width: 390, height: 844 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const

/** Signed in by a code, on the page about it. */
async function signIn(page: Page, email: string, before = 0): Promise<void> {
  await page.goto(`${portal}/sign-in`)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code from the e-mail').pressSequentially(codeIn(await letterTo(page, email, before)))
  await expect(page).not.toHaveURL(/sign-in/)
  await page.goto(`${portal}/privacy`)
  await expect(page.getByRole('heading', { name: 'Privacy & sign-ins' })).toBeVisible()
}

async function begin(page: Page): Promise<{ staged: Staged; anna: string }> {
  const staged = await stage(page, 'two-subscriptions')
  const { anna } = await register(page, staged)
  return { staged, anna }
}

test('a place that is ended from elsewhere is out with its next click', async ({ page, browser }) => {
  test.slow()
  const { anna } = await begin(page)
  const [desk, phone] = [await browser.newPage(), await browser.newPage({ userAgent: 'Mozilla/5.0 (iPhone) Safari/1' })]
  await signIn(desk, anna)
  await signIn(phone, anna, 1)
  await desk.reload()
  await desk.getByRole('button', { name: 'Sign out Safari on iPhone' }).click()
  await expect(desk.getByRole('status')).toHaveText('Safari on iPhone is signed out.')
  await expect(desk.getByRole('listitem').filter({ hasText: 'Safari on iPhone' })).toHaveCount(0)
  await phone.reload()
  await expect(phone.getByRole('heading', { name: 'Privacy & sign-ins' })).toHaveCount(0)
  await expect(phone.getByRole('link', { name: 'Sign in by e-mail' })).toBeVisible()
})

test('everything held is downloaded, and signing out everywhere ends this place too', async ({ page, browser }) => {
  const { staged, anna } = await begin(page)
  const person = await browser.newPage()
  await signIn(person, anna)
  const [download] = await Promise.all([
    person.waitForEvent('download'),
    person.getByRole('button', { name: 'Download everything' }).click(),
  ])
  const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
    tables: Record<string, unknown[]>
    stripe_objects: string[]
  }
  expect(file.tables['members']).toHaveLength(3)
  expect(file.stripe_objects).toContain(staged.customer)
  await person.getByRole('button', { name: 'Sign out everywhere' }).click()
  await person.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(person.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
  await person.goto(`${portal}/privacy`)
  await expect(person.getByRole('link', { name: 'Sign in by e-mail' })).toBeVisible()
})

test('who came by a colleague’s letter proves who they are by a code, and the download goes on by itself', async ({
  page,
  browser,
}, info) => {
  test.slow()
  const people = await register(page, await stage(page, 'may-not-pay'))
  await hitTheWall(page, 'update-card')
  await page.getByRole('radio', { name: /Anna/ }).check()
  await page.getByRole('button', { name: 'Ask Anna' }).click()
  const person = await (await browser.newContext()).newPage()
  await person.goto(linkOf(await letterTo(page, people.anna)))
  await person.getByRole('button', { name: 'Continue' }).click()
  await expect(person).toHaveURL(/update-card/)
  await person.goto(`${portal}/privacy`)
  await expect(person.getByText('Opened from a letter on', { exact: false })).toBeVisible()
  const cookie = async () => (await person.context().cookies()).find(({ name }) => name.endsWith('sid'))?.value
  const before = await cookie()

  await person.getByRole('button', { name: 'Download everything' }).click()
  const dialog = person.getByRole('dialog', { name: 'One more check' })
  const field = dialog.getByLabel('Code from the e-mail')
  await expect(field).toBeFocused()
  for (const { colorScheme, viewport } of looks) {
    await person.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await person.setViewportSize(viewport)
    await person.screenshot({ path: info.outputPath(`step-up-${colorScheme}-${viewport.width}.png`) })
    expect(await faults(person)).toEqual([])
  }
  const code = codeIn(await letterTo(page, people.anna, 1))
  const [download] = await Promise.all([person.waitForEvent('download'), field.pressSequentially(code)])
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toMatchObject({ tables: { members: [{}, {}, {}] } })
  await expect(dialog).toHaveCount(0)
  await expect(person.getByText('The file is with your downloads.')).toBeVisible()
  expect(await cookie()).not.toBe(before)
})
