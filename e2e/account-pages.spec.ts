import { expect, test, type Page } from '@playwright/test'
import type { ScenarioName } from '#sandbox/demo/scenarios.ts'
import { faults } from './looks.ts'
import { answerAgain, demo, expectThere, portal, silence, stage, stripe, tellPortal, type Staged } from './scenario.ts'

type Words = string | RegExp
/** What a page says first, and what else must stand there. */
type Seen = readonly [headline: Words, ...says: Words[]]
type State = 'full' | 'empty' | 'silent' | 'member'
type Pages = Readonly<Record<string, AccountPage>>
type AccountPage = Readonly<Record<State, Seen>> & {
  readonly path: string
  /** The place that leads there, and where that place stands when it is not on every page. */
  readonly link: Words
  readonly from?: string
}

/** Every page of the account, in every state that the account can bring it into. */
const pages = {
  overview: {
    path: '/overview',
    link: 'Overview',
    from: '/usage',
    full: ['Team plan, active', /€49\.00 on .* from Mastercard/],
    empty: ['No plan yet', 'Choose a plan', /^No invoices yet/, /^No card yet/],
    silent: ['Team plan, active', /^Stripe did not answer just now\. This is how things stood at/],
    member: ['Team plan, stopped until it is paid', 'See who can mend it'],
  },
  usage: {
    path: '/usage',
    link: 'Usage',
    full: ['Nothing was reported yet', 'Included in your plan: Team.'],
    empty: ['Nothing was reported yet', 'There is no plan now that includes anything.', 'Buy credits'],
    silent: ['Nothing was reported yet', 'Included in your plan: Team.'],
    member: ['Nothing was reported yet', 'Included in your plan: Team.'],
  },
  'payment-methods': {
    path: '/payment-methods',
    link: 'Payment methods',
    full: ['Payment methods', /^Mastercard\s••\s4444 is charged/, 'Add a payment method'],
    empty: ['Payment methods', /^Nothing is saved yet/, 'Add a payment method'],
    silent: ['Payment methods', /^Stripe does not answer: this was charged at .*Changes have to wait/],
    member: ['Payment methods', /is seen and changed by its owners and billing admins/, /Anna and Jo can/],
  },
  invoices: {
    path: '/invoices',
    link: 'Invoices',
    full: ['Invoices', '4 invoices to pay: €449.00.'],
    empty: ['Invoices', /^No invoices yet/],
    silent: ['Invoices', /^Stripe did not answer just now\. These were open at/],
    member: ['Invoices', 'Amounts, papers and paying are for Anna and Jo.', /^Overdue since/],
  },
  plan: {
    path: '/plan',
    link: 'Plan & details',
    full: ['Your plan', /^Renews on .* from Mastercard/, 'Cancel plan'],
    empty: ['No plan yet', /^When a plan starts/, 'Choose a plan'],
    silent: ['Your plan', /^Stripe did not answer just now\. This is how things stood at/],
    member: ['Your plan', 'Anna and Jo can change it. You can read it here.', 'Stopped until it is paid.'],
  },
  'billing-details': {
    path: '/billing-details',
    link: 'Billing details',
    from: '/plan',
    full: ['Billing details', 'Save changes', 'Add a tax number'],
    empty: ['Billing details', 'Save changes', 'Add a tax number'],
    silent: ['We could not read your billing details', 'Check again'],
    member: ['Billing details', /Anna and Jo can change them/, /Torstraße 1/],
  },
  people: {
    path: '/people',
    link: 'People',
    from: '/plan',
    full: ['People', / can pay for /, 'Send invitation'],
    empty: ['People', 'Anna and Jo can pay for Acme GmbH.', 'Send invitation'],
    silent: ['People', 'Anna and Jo can pay for Acme GmbH.', 'Send invitation'],
    member: ['People', 'Only owners invite people and change roles: Anna.', '3 people'],
  },
  privacy: {
    path: '/privacy',
    link: 'Privacy',
    from: '/plan',
    full: ['Privacy & sign-ins', 'This browser', 'Download everything', /^Nobody from support has looked/],
    empty: ['Privacy & sign-ins', 'This browser', 'Download everything', /^Nobody from support has looked/],
    silent: ['Privacy & sign-ins', 'This browser', 'Download everything'],
    member: ['Privacy & sign-ins', 'This browser', /^Owners and billing admins of/],
  },
} as const satisfies Pages

/** A page without a state of its own above: one invoice, which there is not in an empty account. */
const invoice = {
  full: [/^Invoice \w+-\d+$/, 'Pay €60.00', 'Printed maps'],
  silent: ['We could not load this page', 'Try again'],
  member: [/^Invoice \w+-\d+$/, /Anna and Jo/],
} as const satisfies Partial<Record<State, Seen>>

const longName = 'Gesellschaft für außerordentlich langwierige Namensgebung & Kartographie mbH & Co. KG, Ulm'

async function enter(page: Page, scenario: ScenarioName, differs?: object): Promise<Staged> {
  const staged = await stage(page, scenario)
  if (differs) await tellPortal(page, staged, differs)
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/fix\/\w|\/maps\//)
  return staged
}

async function newestInvoice(page: Page, { customer }: Staged): Promise<string> {
  const { data } = await stripe<{ data: { id: string }[] }>(page.request, `invoices?customer=${customer}&limit=1`)
  return data[0]?.id ?? ''
}

async function expectSeen(page: Page, [headline, ...says]: Seen): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(headline)
  for (const words of says) await expect(page.getByRole('main').getByText(words).first()).toBeVisible()
}

async function expectFits(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth), page.url()).toBeLessThanOrEqual(320)
  expect(await faults(page), page.url()).toEqual([])
  await page.setViewportSize({ width: 1280, height: 1400 })
}

/** Opens every page of the account in turn, and one of its invoices where there is one. */
async function lookAround(page: Page, state: State, at?: string): Promise<void> {
  const seen = state === 'empty' ? undefined : invoice[state]
  const everywhere: (readonly [path: string, seen: Seen])[] = Object.values(pages).map((one) => [one.path, one[state]])
  if (at !== undefined && seen) everywhere.push([`/invoices/${at}`, seen])
  for (const [path, expected] of everywhere) {
    await page.goto(`${portal}${path}`)
    // What was read a moment ago still counts as live.
    if (state === 'silent' && path === '/overview') await page.getByRole('button', { name: 'Check again' }).click()
    await expectSeen(page, expected)
    await expectFits(page)
  }
}

test('every page of an account with a very long name and invoices of every kind says what it is about, and fits', async ({
  page,
}) => {
  test.slow()
  const members = [{ id: 'anna', role: 'owner', name: longName, email: 'anna@acme.example' }]
  const staged = await enter(page, 'every-invoice', { label: longName, members })
  const at = await newestInvoice(page, staged)
  for (const { path } of Object.values(pages)) {
    await page.goto(`${portal}${path}`)
    await expect(page.getByText(longName).first()).toBeVisible()
  }
  await lookAround(page, 'full', at)
})

test('every page of an account in which nothing has happened yet says what will stand there', async ({ page }) => {
  test.slow()
  await enter(page, 'new-account')
  await lookAround(page, 'empty')
})

test('a member reads what concerns them on every page, and finds nothing to press that they may not', async ({
  page,
}) => {
  test.slow()
  const staged = await enter(page, 'may-not-pay')
  await lookAround(page, 'member', await newestInvoice(page, staged))
  for (const { path } of Object.values(pages)) {
    await page.goto(`${portal}${path}`)
    await expectThere(page)
    await expect(
      page
        .getByRole('main')
        .getByRole('button', { name: /^(Pay|Add|Cancel|Change|Remove|Replace|Save|Send|Download)/ }),
    ).toHaveCount(0)
  }
})

test('while Stripe is silent every page says what it knows and of when, and afterwards it is whole again', async ({
  page,
}) => {
  test.slow()
  const staged = await enter(page, 'every-invoice')
  const at = await newestInvoice(page, staged)
  for (const about of [staged.customer, at]) await silence(page, about)
  await lookAround(page, 'silent', at)
  for (const about of [staged.customer, at]) await answerAgain(page, about)
  for (const one of ['overview', 'invoices', 'billing-details'] as const) {
    await page.goto(`${portal}${pages[one].path}`)
    await expectSeen(page, pages[one].full)
  }
})

test('a page on its way says so at once, in its own place; one that breaks closes none of the others', async ({
  page,
}) => {
  test.slow()
  await enter(page, 'every-invoice')
  const places = page.getByRole('navigation', { name: 'Your account' })
  for (const { path, link, full, from = '/overview' } of Object.values(pages) as AccountPage[]) {
    await page.goto(`${portal}${from}`)
    await expectThere(page)
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route('**/api/**', async (route) => {
      await held
      await route.fulfill({ status: 500, json: {} })
    })
    await page.getByRole('link', { name: link, exact: true }).first().click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Looking at your account…')
    await expect(page.getByText(/Acme GmbH/).first()).toBeVisible()
    // Waiting and failing look the same on each of them.
    if (path === pages.overview.path) await expectFits(page)
    release()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('We could not load this page')
    await expect(places).toBeVisible()
    if (path === pages.overview.path) await expectFits(page)
    await page.unroute('**/api/**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(page).toHaveURL(`${portal}${path}`)
    await expectSeen(page, full)
  }
})

test('an account with ten thousand invoices opens every page like any other', async ({ page }) => {
  test.slow()
  const staged = await enter(page, 'many-invoices')
  const at = await newestInvoice(page, staged)
  for (const path of [...Object.values(pages).map((one) => one.path), `/invoices/${at}`]) {
    await page.goto(`${portal}${path}`)
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/could not|^Looking at/)
    await expect(
      page
        .getByRole('main')
        .getByText(/Acme GmbH/)
        .first(),
    ).toBeVisible()
  }
  await expect(page.getByText(/-10002$/).first()).toBeVisible()
})
