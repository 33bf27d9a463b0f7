import { expect, type APIRequestContext, type Page } from '@playwright/test'
import type { ScenarioName } from '#sandbox/demo/scenarios.ts'

const port = Number(process.env.E2E_PORT ?? 4120)
export const portal = `http://localhost:${port}`
export const sandbox = `http://localhost:${port + 1}`
export const demo = `http://localhost:${port + 2}`

/** Milliseconds. An app that serves for free because the machine was busy would show nothing of what is looked at here. */
export const PATIENCE = 15_000

export type Staged = {
  readonly account: string
  readonly customer: string
  readonly subscriptions: readonly string[]
  readonly invoice: string
  readonly door: string
  readonly api_token: string
  /** What had been charged before the person came. */
  readonly before: ReadonlySet<string>
}

/** The test cards of https://docs.stripe.com/testing that the journeys use. */
export const cards = {
  works: '4242424242424242',
  insufficientFunds: '4000000000009995',
  lost: '4000000000009987',
  asksOnce: '4000002500003155',
  alwaysAsks: '4000002760003184',
  attachesThenFails: '4000000000000341',
} as const

/**
 * A fresh account in the state that a scenario names; the browser is signed in to the demo app. `seconds` is for what
 * passes by itself.
 */
export async function stage(page: Page, name: ScenarioName, seconds?: number): Promise<Staged> {
  const lasting = seconds === undefined ? '' : `?seconds=${seconds}`
  const response = await page.request.post(`${demo}/scenarios/${name}${lasting}`, {
    headers: { Accept: 'application/json' },
  })
  expect(response.ok(), `scenario ${name}`).toBe(true)
  const staged = (await response.json()) as Omit<Staged, 'before'>
  const before = staged.customer === '' ? [] : await ledger(page.request, staged.customer)
  return { ...staged, before: new Set(before.map(({ id }) => id)) }
}

/** Walks into the wall: the demo app refuses the page, and no click lies between that and the exact screen. */
export async function hitTheWall(page: Page, screen: string | RegExp): Promise<void> {
  await page.goto(`${demo}/maps/berlin`)
  await expect(page).toHaveURL(typeof screen === 'string' ? new RegExp(`/fix/${screen}\\?check=chk_`) : screen)
  await expectThere(page)
}

/** The page is no longer on its way: what it does not show now, it does not show. */
export async function expectThere(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Looking at your account…')
}

/** `timeout` in milliseconds, for what first has to pass by itself. */
export async function expectServed(page: Page, waited: { timeout?: number } = {}): Promise<void> {
  await expect(page).toHaveURL(`${demo}/maps/berlin`, waited)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Berlin')
}

/**
 * The app answers this browser nothing before the answer is called: what is said of the fix stands for two seconds and a
 * half, which a busy machine may not have time to read.
 */
export async function keepFromTheApp(page: Page): Promise<() => void> {
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route(`${demo}/**`, async (route) => {
    await released
    await route.continue()
  })
  return release
}

export async function typeCard(page: Page, number: string): Promise<void> {
  const fields = page.frameLocator('iframe[title="Secure payment input frame"]')
  await fields.getByLabel('Card number').fill(number)
  await fields.getByLabel('Expiry date').fill('12 / 34')
  await fields.getByLabel('Security code').fill('123')
}

/** What the person decides in the bank's window, which then closes: the next window is another one. */
export async function answerBank(page: Page, choice: 'Complete' | 'Fail'): Promise<void> {
  const bank = page.locator('iframe[title="3D Secure challenge"]')
  const address = await bank.getAttribute('src')
  const window = page.locator(`iframe[src="${address}"]`)
  // Chromium may lose a press on a frame of another origin that has just been drawn: a person would press once more.
  await expect(async () => {
    const button = window.contentFrame().getByRole('button', { name: choice })
    if ((await button.count()) > 0) await button.click({ timeout: 2_000 })
    await expect(window).toHaveCount(0, { timeout: 5_000 })
  }).toPass({ timeout: 30_000 })
}

/** The short URL of a refusal, as it stands in a terminal. */
export async function shortUrl(page: Page, { api_token: token }: Staged): Promise<string> {
  const headers = { Authorization: `Bearer ${token}` }
  const response = await page.request.get(`${demo}/api/tiles/1/2/3`, { headers })
  expect(response.status()).toBe(402)
  return ((await response.json()) as { fix: { short_url: string } }).fix.short_url
}

export function payButton(page: Page) {
  return page.getByRole('button', { name: /^Pay .\d/ })
}

type Charge = {
  readonly id: string
  readonly amount: number
  readonly currency: string
  readonly status: 'succeeded' | 'failed' | 'pending'
}

/** The sandbox's book of everything that was ever charged to a customer. */
async function ledger(request: APIRequestContext, customer: string): Promise<readonly Charge[]> {
  const response = await request.get(`${sandbox}/_sandbox/ledger?customer=${customer}`)
  return ((await response.json()) as { charges: Charge[] }).charges
}

/** What the person's own deeds were charged, failures included. */
export async function charges(page: Page, { customer, before }: Staged): Promise<readonly Charge[]> {
  return (await ledger(page.request, customer)).filter(({ id }) => !before.has(id))
}

/** Reads one object as the merchant would, through the API. */
export async function stripe<T>(request: APIRequestContext, path: string): Promise<T> {
  const response = await request.get(`${sandbox}/v1/${path}`, { headers: { Authorization: 'Bearer sk_test_e2e' } })
  expect(response.ok(), path).toBe(true)
  return (await response.json()) as T
}

/** Does something as the merchant would, through the API. */
export async function merchant<T>(page: Page, path: string, form: Record<string, string>): Promise<T> {
  const headers = { Authorization: 'Bearer sk_test_e2e' }
  const response = await page.request.post(`${sandbox}/v1/${path}`, { headers, form })
  expect(response.ok(), path).toBe(true)
  return (await response.json()) as T
}

/** What the app says of the account from now on. */
export async function tellPortal(page: Page, { account, customer }: Staged, more: object = {}): Promise<void> {
  const response = await page.request.put(`${portal}/v1/accounts/${account}`, {
    headers: { Authorization: 'Bearer fix402_test_demo' },
    data: { label: 'Acme GmbH', stripe_customer: customer, members: [{ id: 'anna', role: 'owner' }], ...more },
  })
  expect(response.ok(), account).toBe(true)
}

/** The sums that the person's own deeds really took. */
export async function amountsPaid(page: Page, staged: Staged): Promise<number[]> {
  const paid = (await charges(page, staged)).filter(({ status }) => status === 'succeeded')
  return paid.map(({ amount }) => amount)
}

/** Stripe answers no call about this any more (a customer, an invoice); everybody else is served. */
export async function silence(page: Page, about: string): Promise<void> {
  const fault = { kind: 'reset', about, times: 10_000 }
  expect((await page.request.post(`${sandbox}/_sandbox/faults`, { data: fault })).ok()).toBe(true)
}

export async function answerAgain(page: Page, about: string): Promise<void> {
  expect((await page.request.delete(`${sandbox}/_sandbox/faults`, { data: { about } })).ok()).toBe(true)
}

export type Customer = { readonly invoice_settings: { readonly default_payment_method: string | null } }
export type Subscription = { readonly status: string; readonly default_payment_method: string | null }
export type PaymentMethod = { readonly id: string; readonly card: { readonly last4: string } }

/** Paid once, and the new card in charge everywhere. */
export async function expectHealed(
  page: Page,
  staged: Staged,
  { last4, amounts }: { last4: string; amounts: readonly number[] },
): Promise<void> {
  const { customer, subscriptions } = staged
  const paid = (await charges(page, staged)).filter(({ status }) => status === 'succeeded')
  expect(paid.map(({ amount }) => amount).toSorted((a, b) => a - b)).toEqual(amounts)
  const { invoice_settings } = await stripe<Customer>(page.request, `customers/${customer}`)
  const method = await stripe<PaymentMethod>(page.request, `payment_methods/${invoice_settings.default_payment_method}`)
  expect(method.card.last4).toBe(last4)
  for (const id of subscriptions) {
    const { status, default_payment_method } = await stripe<Subscription>(page.request, `subscriptions/${id}`)
    expect(status).toBe('active')
    expect([null, method.id]).toContain(default_payment_method)
  }
}
