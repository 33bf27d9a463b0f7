import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { openDesk } from './desk.ts'
import { demo, hitTheWall, portal, stage, type Staged } from './scenario.ts'

/** Somebody of this role before the account of a customer who has just been stopped. */
async function openAccount(desk: Page, role: 'agent' | 'operator', { account }: Staged): Promise<void> {
  await openDesk(desk, role, `/accounts/app_demo/${account}`)
  await expect(desk.getByRole('heading', { name: 'What you can do' })).toBeVisible()
}

async function begin(desk: Page, deed: string) {
  await desk.getByRole('button', { name: deed, exact: true }).click()
  const dialog = desk.getByRole('dialog')
  await expect(dialog).toBeVisible()
  expect((await new AxeBuilder({ page: desk }).include('dialog').analyze()).violations).toEqual([])
  return dialog
}

test('an operator gives more time: the map opens, its reader sees until when, and it can be taken back', async ({
  page,
  browser,
}) => {
  const staged = await stage(page, 'card-declined')
  await hitTheWall(page, 'update-card')
  const desk = await (await browser.newContext()).newPage()
  await openAccount(desk, 'operator', staged)
  const dialog = await begin(desk, 'Give more time')
  const until = dialog.getByLabel('Until the end of')
  const offered = await until.inputValue()
  await until.fill('2099-12-31')
  await dialog.getByLabel('Reason').fill('They pay on Friday')
  await dialog.getByLabel('Reason').press('Enter')
  await expect(dialog.getByText(/No later than/)).toBeVisible()
  await until.fill(offered)
  await dialog.getByLabel('Reason').press('Enter')
  await expect(dialog.getByText(/They have until the end of/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(desk.getByText(/Support gave them time until/)).toBeVisible()
  await page.goto(`${demo}/maps/berlin`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Berlin')
  await page.goto(`${portal}/overview`)
  await expect(page.getByText(/Access ends on/)).toBeVisible()
  await page.goto(`${portal}/privacy`)
  await expect(page.getByText('They pay on Friday')).toBeVisible()
  const back = await begin(desk, 'Take the time back')
  await back.getByLabel('Reason').fill('They paid elsewhere')
  await back.getByRole('button', { name: /^Take the time back/ }).click()
  await expect(back.getByText(/The time is taken back/)).toBeVisible()
})

test('an operator gives credits and money: both stand where the customer looks', async ({ page, browser }) => {
  const staged = await stage(page, 'healthy')
  await page.goto(`${demo}/billing`)
  const desk = await (await browser.newContext()).newPage()
  await openAccount(desk, 'operator', staged)
  const credits = await begin(desk, 'Give credit')
  await credits.getByLabel('How many credits').fill('250')
  await credits.getByLabel('Reason').fill('For the outage of Monday')
  await credits.getByRole('button', { name: /^Give 250 credits/ }).click()
  await expect(credits.getByText('It is given.')).toBeVisible()
  await credits.getByRole('button', { name: 'Done' }).click()
  const money = await begin(desk, 'Give credit')
  await money.getByLabel('Money off their next invoices').check()
  await money.getByLabel('Amount in EUR').fill('10.00')
  await money.getByLabel('Reason').fill('For the outage of Monday')
  await money.getByRole('button', { name: /^Give €10.00/ }).click()
  await expect(money.getByText('It is given.')).toBeVisible()
  await money.getByRole('button', { name: 'Done' }).click()
  await expect(desk.getByText(/€10.00 given on/)).toBeVisible()
  await page.goto(`${portal}/usage`)
  await expect(page.getByText(/^Credits from /)).toBeVisible()
  await page.goto(`${portal}/overview`)
  await expect(page.getByText(/€39\.00/).first()).toBeVisible()
})

test('an operator holds an account: its people are led to support with the words that were written, until it is lifted', async ({
  page,
  browser,
}) => {
  const staged = await stage(page, 'healthy')
  const desk = await (await browser.newContext()).newPage()
  await openAccount(desk, 'operator', staged)
  const hold = await begin(desk, 'Put on hold')
  await hold.getByLabel('What the customer reads').fill('We are looking into your last order.')
  await hold.getByLabel('Reason').fill('Fraud review')
  await hold.getByRole('button', { name: /^Put on hold/ }).click()
  await expect(hold.getByText(/Support holds the account/)).toBeVisible()
  await hold.getByRole('button', { name: 'Done' }).click()
  await hitTheWall(page, 'contact-support')
  await expect(page.getByText('We are looking into your last order.')).toBeVisible()
  const lift = await begin(desk, 'Lift support’s hold')
  await lift.getByLabel('Reason').fill('All is well')
  await lift.getByRole('button', { name: /^Lift the hold/ }).click()
  await expect(lift.getByText(/They are served now/)).toBeVisible()
  await page.goto(`${demo}/maps/berlin`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Berlin')
})

test('an agent reads anew and leaves a note, and has no button for what only operators do', async ({
  page,
  browser,
}) => {
  const staged = await stage(page, 'card-declined')
  await hitTheWall(page, 'update-card')
  const desk = await (await browser.newContext()).newPage()
  await openAccount(desk, 'agent', staged)
  await expect(desk.getByRole('button', { name: 'Write a note', exact: true })).toBeVisible()
  for (const deed of ['Give more time', 'Give credit', 'Sign people out', 'Put on hold'])
    await expect(desk.getByRole('button', { name: deed, exact: true })).toHaveCount(0)
  const note = await begin(desk, 'Write a note on this: The last payment was declined')
  await note.getByRole('textbox', { name: 'Note' }).fill('Their bank is looking into it.')
  await note.getByLabel('Reason').fill('They called')
  await note.getByRole('button', { name: /^Keep the note/ }).click()
  await expect(note.getByText('Kept.')).toBeVisible()
  await note.getByRole('button', { name: 'Done' }).click()
  const why = desk.getByRole('region', { name: 'Why' })
  await expect(why.getByText('Their bank is looking into it.')).toBeVisible()
  const again = await begin(desk, 'Read anew from Stripe')
  await again.getByLabel('Reason').fill('A webhook was lost')
  await again.getByRole('button', { name: /^Read now/ }).click()
  await expect(again.getByText(/Stripe answered/)).toBeVisible()
})

test('an operator signs everybody out: whoever was in the portal is not any more', async ({ page, browser }) => {
  const staged = await stage(page, 'card-declined')
  await hitTheWall(page, 'update-card')
  const desk = await (await browser.newContext()).newPage()
  await openAccount(desk, 'operator', staged)
  const revoke = await begin(desk, 'Sign people out')
  await revoke.getByLabel('Reason').fill('A laptop was stolen')
  await revoke.getByRole('button', { name: /^Sign out/ }).click()
  await expect(revoke.getByText(/is over|are over/)).toBeVisible()
  await page.goto(`${portal}/overview`)
  await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible()
})
