import { expect, test, type Page } from '@playwright/test'
import { done, openPlan, planTeam } from './plan-page.ts'
import { amountsPaid, charges, demo, portal, sandbox, stripe, type Staged } from './scenario.ts'

type Subscription = {
  readonly status: string
  readonly cancel_at_period_end: boolean
  readonly cancellation_details: { readonly feedback: string | null; readonly comment: string | null }
  readonly items: { readonly data: { readonly quantity: number; readonly price: { readonly lookup_key: string } }[] }
  readonly discounts: readonly string[]
}

const atStripe = (page: Page, { subscriptions: [id] }: Staged) =>
  stripe<Subscription>(page.request, `subscriptions/${id}`)

test('a plan is cancelled with two clicks, served to its end, and kept again with one', async ({ page }) => {
  const staged = await openPlan(page, 'healthy')
  await page.getByRole('button', { name: 'Cancel plan' }).click()
  await page.getByLabel('Why are you leaving?').selectOption('It costs too much')
  await page.getByRole('button', { name: /^Cancel on / }).click()
  await expect(done(page)).toContainText('Cancelled. Team ends on')
  const cancelled = await atStripe(page, staged)
  expect(cancelled).toMatchObject({ status: 'active', cancel_at_period_end: true })
  expect(cancelled.cancellation_details.feedback).toBe('too_expensive')
  await page.goto(`${demo}/maps/berlin`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Berlin')
  await page.goto(`${portal}/plan`)
  await page.getByRole('button', { name: 'Keep the plan' }).click()
  await expect(done(page)).toContainText('Team goes on')
  expect(await atStripe(page, staged)).toMatchObject({ cancel_at_period_end: false })
  expect(await charges(page, staged)).toEqual([])
})

test('another plan is chosen without a refusal: what is shown is charged, and what it changes is said before', async ({
  page,
}) => {
  const staged = await openPlan(page, 'healthy')
  await page.getByRole('link', { name: 'Change plan' }).click()
  await expect(page.getByText('Offline maps is added')).toBeVisible()
  await expect(page.getByText('100,000 → 1,000,000')).toBeVisible()
  const button = page.getByRole('button', { name: /^Pay €\d+\.\d\d and switch to Business/ })
  const shown = Number(/€(\d+\.\d\d)/.exec((await button.textContent()) ?? '')?.[1]) * 100
  await button.dblclick()
  await expect(page).toHaveURL(`${portal}/plan`)
  await expect(done(page)).toContainText('Paid €')
  await expect(page.getByRole('region', { name: 'Business' })).toBeVisible()
  expect(await amountsPaid(page, staged)).toEqual([Math.round(shown)])
})

test('a smaller plan begins with the next period: what is paid for stays until then, and it is undone with one click', async ({
  page,
}) => {
  const staged = await openPlan(page, 'larger-than-needed')
  const day = await planTeam(page)
  const plan = page.getByRole('region', { name: 'Business' })
  await expect(plan.getByText(`Changes to Team on ${day}`)).toBeVisible()
  await expect(plan.getByText('Then €49.00 every month.')).toBeVisible()
  expect((await atStripe(page, staged)).items.data[0]?.price.lookup_key).toBe('team_monthly')
  await page.goto(`${portal}/overview`)
  await expect(page.getByRole('heading', { level: 1, name: 'Business plan, active' })).toBeVisible()
  await expect(page.getByText(`Changes to Team on ${day}. Then €49.00 from`)).toBeVisible()
  await page.getByRole('button', { name: 'Undo the change' }).dblclick()
  await expect(done(page).getByText('The plan stays as it is. Nothing was charged now.')).toBeVisible()
  await expect(page.getByText(/^Changes to Team/)).toHaveCount(0)
  expect((await atStripe(page, staged)).items.data[0]?.price.lookup_key).toBe('business_monthly')
  expect(await charges(page, staged)).toEqual([])
})

test('a smaller plan instead of an end: it goes on with the next period, and undone it ends as before', async ({
  page,
}) => {
  const staged = await openPlan(page, 'larger-than-needed')
  await page.getByRole('button', { name: 'Cancel plan' }).click()
  await page.getByRole('button', { name: /^Cancel on / }).click()
  await expect(done(page)).toContainText('Cancelled. Business ends on')
  await page.getByRole('link', { name: 'Change plan' }).click()
  await page.getByRole('radio', { name: 'Team' }).check()
  await expect(page.getByText('Your plan was to end then. With this choice it goes on')).toBeVisible()
  await page.getByRole('button', { name: /^Change to Team on / }).click()
  await expect(page.getByText('Undone, the plan ends then, as it was to before.')).toBeVisible()
  expect(await atStripe(page, staged)).toMatchObject({ cancel_at_period_end: false })
  await page.getByRole('button', { name: 'Undo the change' }).click()
  await expect(page.getByText(/^Ends on .* Nothing more is charged\./)).toBeVisible()
  const after = await atStripe(page, staged)
  expect([after.cancel_at_period_end, after.items.data[0]?.price.lookup_key]).toEqual([true, 'business_monthly'])
  expect(await charges(page, staged)).toEqual([])
})

test('fewer seats begin with the next period, and never below what is taken; more are bought once that is undone', async ({
  page,
}) => {
  const staged = await openPlan(page, 'seats-to-spare')
  await page.getByRole('link', { name: 'Change seats' }).click()
  const fewer = page.getByRole('button', { name: 'One seat fewer' })
  await fewer.click()
  await fewer.click()
  await expect(fewer).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('button', { name: /^Reduce to 3 seats on / }).click()
  await expect(page).toHaveURL(`${portal}/plan`)
  await expect(page.getByText(/^Changes to 3 seats on /)).toBeVisible()
  await expect(page.getByText('3 of 5 taken')).toBeVisible()
  expect((await atStripe(page, staged)).items.data[0]?.quantity).toBe(3)
  await page.getByRole('link', { name: 'Change seats' }).click()
  const more = page.getByRole('button', { name: 'One seat more' })
  await expect(more).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('button', { name: 'Undo the change' }).click()
  await more.click()
  const pay = page.getByRole('button', { name: /^Pay €\d+\.\d\d for 1 more seat/ })
  const shown = Number(/€(\d+\.\d\d)/.exec((await pay.textContent()) ?? '')?.[1]) * 100
  await pay.click()
  await expect(page).toHaveURL(`${portal}/plan`)
  expect((await atStripe(page, staged)).items.data[0]?.quantity).toBe(6)
  expect(await amountsPaid(page, staged)).toEqual([Math.round(shown)])
})

test('a promotion code shows its effect first; a dead one says why; the discount can be removed', async ({ page }) => {
  const staged = await openPlan(page, 'codes-to-try')
  await page.getByRole('button', { name: 'Enter a promotion code' }).click()
  const code = page.getByLabel('Code', { exact: true })
  for (const [typed, words] of [
    ['NOSUCH', 'There is no such code'],
    ['LASTYEAR', 'This code has run out'],
    ['HELLO10', 'only for a first payment'],
  ] as const) {
    await code.fill(typed)
    await code.press('Enter')
    await expect(page.getByText(words)).toBeVisible()
  }
  await code.fill('spring25')
  await code.press('Enter')
  await expect(page.getByText('€36.75')).toBeVisible()
  await page.getByRole('button', { name: 'Use SPRING25' }).click()
  await expect(done(page)).toContainText('The code is taken')
  expect((await atStripe(page, staged)).discounts).toHaveLength(1)
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: /^Remove the discount/ }).click()
  await expect(done(page)).toContainText('The discount is removed')
  expect((await atStripe(page, staged)).discounts).toEqual([])
})

test('a pause stops the app at once, and resuming within the paid month costs nothing', async ({ page }) => {
  const staged = await openPlan(page, 'healthy')
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: /^Pause Team now/ }).click()
  await expect(done(page)).toContainText('Team is paused')
  await page.getByRole('link', { name: 'Resume' }).click()
  await page.getByRole('button', { name: /^Resume, nothing is charged now/ }).click()
  await expect.poll(async () => (await atStripe(page, staged)).status).toBe('active')
  expect(await charges(page, staged)).toEqual([])
})

test('who owes is told so before ending it at once, and the debt stays payable', async ({ page }) => {
  const staged = await openPlan(page, 'in-grace')
  await expect(page.getByText('€49.00 is owed')).toBeVisible()
  await page.getByRole('button', { name: 'Cancel plan' }).click()
  await page.getByRole('radio', { name: 'Now' }).check()
  await expect(page.getByText(/€49.00 stays owed/)).toBeVisible()
  await page.getByRole('button', { name: /^End Team now/ }).click()
  await expect(done(page)).toContainText('Team has ended')
  expect(await atStripe(page, staged)).toMatchObject({ status: 'canceled' })
  const { data } = await stripe<{ data: { amount_remaining: number }[] }>(
    page.request,
    `invoices?customer=${staged.customer}&status=open`,
  )
  expect(data.map(({ amount_remaining }) => amount_remaining)).toEqual([49_00])
})

test('a member reads the plan, sees who can change it, and has no button', async ({ page }) => {
  await openPlan(page, 'may-not-spend')
  await expect(page.getByText(/can change it. You can read it here/)).toBeVisible()
  const plan = page.getByRole('region', { name: 'Team' })
  await expect(plan).toBeVisible()
  expect(await plan.getByRole('button').count()).toBe(0)
  expect(await plan.textContent()).not.toContain('€')
})

test.afterAll(async ({ request }) => {
  const report = await (await request.get(`${sandbox}/_sandbox/contract`)).json()
  expect((report as { violations?: unknown[] }).violations ?? []).toEqual([])
})
