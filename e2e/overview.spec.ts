import { expect, test, type Page } from '@playwright/test'
import type { ScenarioName } from '#sandbox/demo/scenarios.ts'
import { examine } from './looks.ts'
import {
  answerAgain,
  demo,
  hitTheWall,
  merchant,
  portal,
  silence,
  stage,
  stripe,
  tellPortal,
  type Staged,
} from './scenario.ts'

/** Into the account by way of the demo app, and to its letter. */
async function openLetter(page: Page, name: ScenarioName, differs: object = {}): Promise<Staged> {
  const staged = await stage(page, name)
  if (Object.keys(differs).length > 0) await tellPortal(page, staged, differs)
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/fix\/\w|\/maps\/|\/pay/)
  await page.goto(`${portal}/overview`)
  await settled(page)
  return staged
}

async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Looking at your account' })).toHaveCount(0)
}

type Letter = {
  readonly name: string
  readonly scenario: ScenarioName
  readonly headline: RegExp
  readonly says: readonly RegExp[]
  /** What the merchant does at Stripe before. */
  readonly before?: (page: Page, staged: Staged) => Promise<unknown>
  readonly label?: string
}

const long = 'Gesellschaft für außerordentlich langwierige Namensgebung und Kartographie mbH & Co. KGaA Berlin'

const letters: readonly Letter[] = [
  {
    name: 'healthy',
    scenario: 'healthy',
    headline: /^Team plan, active$/,
    says: [/€49\.00 on \w+, .* from Visa.+4242\./, /€49\.00 every month/],
  },
  {
    name: 'in-grace',
    scenario: 'in-grace',
    headline: /payment overdue$/,
    says: [/Your card was declined\. €49\.00 has been due since/, /Access ends on/],
  },
  { name: 'blocked', scenario: 'card-declined', headline: /stopped until it is paid$/, says: [/Access comes back/] },
  {
    name: 'cancelling',
    scenario: 'healthy',
    headline: /^Team plan, ending$/,
    says: [/Ends on .*\. Nothing more is charged\./, /Keep this plan/],
    before: async (page, { subscriptions: [id = ''] }) =>
      merchant(page, `subscriptions/${id}`, { cancel_at_period_end: 'true' }),
  },
  {
    name: 'two-plans-one-failed',
    scenario: 'two-subscriptions',
    headline: /payment overdue$|stopped until it is paid$/,
    says: [/Your other plans/],
  },
  { name: 'ended', scenario: 'subscription-ended', headline: /ended$/, says: [/Ended on/, /Renew/] },
  { name: 'trial-paused', scenario: 'trial-paused', headline: /paused$/, says: [/The trial ended without a card/] },
  { name: 'disputed', scenario: 'contested-charge', headline: /on hold$/, says: [/contested/] },
  { name: 'empty', scenario: 'new-account', headline: /^No plan yet$/, says: [/No card yet/] },
  { name: 'member', scenario: 'may-not-pay', headline: /stopped/, says: [/See who can mend it/] },
  { name: 'limit', scenario: 'usage-limit', headline: /active$/, says: [/What needs you/, /It starts again on/] },
  { name: 'long-names', scenario: 'in-grace', headline: /overdue$/, says: [/langwierige/], label: long },
]

examine(
  letters.map(({ name, scenario, headline, says, before, label }) => ({
    name: `the letter of an account that is ${name}`,
    open: async (page) => {
      const staged = await openLetter(page, scenario, label === undefined ? {} : { label })
      if (before) {
        await before(page, staged)
        await page.getByRole('button', { name: 'Check again' }).click()
      }
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline)
      for (const text of says) await expect(page.getByText(text).first()).toBeVisible()
    },
  })),
)

test('on a phone nothing that takes the focus is hidden by the bar', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 560 })
  await openLetter(page, 'in-grace')
  const bar = page.getByRole('navigation', { name: 'Your account' })
  const top = (await bar.boundingBox())?.y ?? 0
  const links = page.getByRole('main').locator('a, button')
  const last = (await links.count()) - 1
  expect(last).toBeGreaterThan(3)
  await page.getByRole('main').focus()
  for (let index = 0; index <= last; index += 1) {
    await page.keyboard.press('Tab')
    const box = await page.locator(':focus').boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(top)
  }
})

test('while Stripe is silent the letter says of when it is, and a second look heals it', async ({ page }) => {
  const { customer } = await openLetter(page, 'healthy')
  await silence(page, customer)
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText(/Stripe did not answer just now\. This is how things stood at/)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'Team plan, active' })).toBeVisible()
  await answerAgain(page, customer)
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText(/Stripe did not answer just now/)).toHaveCount(0)
})

test('what the letter says is charged is what Stripe charges', async ({ page }) => {
  const { customer } = await openLetter(page, 'healthy')
  await merchant(page, `customers/${customer}`, { balance: '-1000' })
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText(/^€39\.00 on /)).toBeVisible()
  await expect(page.getByText(/Credit of €10\.00 is already taken off/)).toBeVisible()
  const { test_clock: clock } = await stripe<{ test_clock: string }>(page.request, `customers/${customer}`)
  const { frozen_time: now } = await stripe<{ frozen_time: number }>(page.request, `test_helpers/test_clocks/${clock}`)
  await merchant(page, `test_helpers/test_clocks/${clock}/advance`, { frozen_time: String(now + 31 * 86_400) })
  const { data } = await stripe<{ data: { amount_paid: number }[] }>(
    page.request,
    `invoices?customer=${customer}&limit=1`,
  )
  expect(data[0]?.amount_paid).toBe(39_00)
})

test('a blocked person leaves the wall for the account and finds the same one act there', async ({ page }) => {
  await stage(page, 'card-declined')
  await hitTheWall(page, 'update-card')
  await page.goto(`${portal}/overview`)
  await page.getByRole('link', { name: 'Update card' }).click()
  await expect(page).toHaveURL(/\/fix\/update-card/)
})
