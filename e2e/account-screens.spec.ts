import { expect, type Page } from '@playwright/test'
import type { ScenarioName } from '#sandbox/demo/scenarios.ts'
import { examine, type Screen } from './looks.ts'
import { planTeam } from './plan-page.ts'
import { demo, portal, stage, type Staged } from './scenario.ts'

async function account(page: Page, scenario: ScenarioName, path: string): Promise<Staged> {
  const staged = await stage(page, scenario)
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/fix\/\w|\/maps\//)
  await page.goto(`${portal}${path}`)
  return staged
}

type Act = (page: Page, staged: Staged) => Promise<unknown>

/** A page of an account, as it is or once something was done on it. */
function at(path: string, name: string, scenario: ScenarioName, act?: Act): Screen {
  return {
    name,
    open: async (page) => {
      const staged = await account(page, scenario, path)
      await act?.(page, staged)
    },
  }
}

/** The same with a dialog over it, or another page that it leads to. */
function over(path: string, name: string, scenario: ScenarioName, button: string | RegExp, act?: Act): Screen {
  const press: Act = async (page, staged) => {
    await page.getByRole('button', { name: button }).first().click()
    await act?.(page, staged)
  }
  return { ...at(path, name, scenario, press), over: true }
}

const follow =
  (name: string | RegExp): Act =>
  (page) =>
    page.getByRole('link', { name }).first().click()

examine([
  at('/overview', 'overview', 'two-subscriptions'),
  at('/overview', 'overview-in-grace', 'in-grace'),
  at('/usage', 'usage', 'heavy-usage', (page) => page.getByRole('img').waitFor()),
  at('/usage', 'usage-unknown', 'usage-unknown'),
  at('/invoices', 'invoices', 'every-invoice'),
  at('/invoices', 'invoices-many', 'many-invoices'),
  at('/invoices', 'invoice', 'card-declined', async (page) => {
    await page.locator('tbody th a').first().click()
    await expect(page).toHaveURL(/invoices\/in_/)
  }),
  at('/fix/pay-invoice?invoice=all', 'pay-chosen', 'every-invoice'),
  at('/change-card', 'change-card', 'in-grace'),
])

examine([
  at('/payment-methods', 'methods-many', 'many-methods'),
  at('/payment-methods', 'methods-own-cards', 'own-cards'),
  at('/payment-methods', 'methods-soon', 'card-ends-soon'),
  at('/payment-methods', 'methods-verify', 'bank-to-verify'),
  at('/payment-methods', 'methods-debit', 'debit-on-its-way'),
  at('/payment-methods', 'methods-none', 'trial-without-card'),
  at('/payment-methods', 'methods-member', 'may-not-pay'),
  at('/payment-methods', 'methods-add', 'own-cards', follow('Add a payment method')),
  at('/payment-methods', 'methods-replace', 'own-cards', follow(/Replace Visa/)),
  over('/payment-methods', 'methods-default', 'own-cards', /Make default/),
  over('/payment-methods', 'methods-remove', 'own-cards', /Remove Visa/),
  over('/payment-methods', 'methods-last', 'healthy', /Remove Visa/),
])

examine([
  at('/plan', 'plan', 'healthy'),
  at('/plan', 'plan-discounted', 'discounted'),
  at('/plan', 'plan-cancelling', 'cancelling'),
  at('/plan', 'plan-paused', 'paused-as-asked'),
  at('/plan', 'plan-yearly', 'yearly'),
  at('/plan', 'plan-trial', 'on-trial'),
  at('/plan', 'plan-two', 'two-plans'),
  at('/plan', 'plan-in-grace', 'in-grace'),
  at('/plan', 'plan-ended', 'subscription-ended'),
  at('/plan', 'plan-member', 'may-not-spend'),
  over('/plan', 'plan-cancel', 'in-grace', 'Cancel plan'),
  over('/plan', 'plan-code', 'codes-to-try', 'Enter a promotion code', async (page) => {
    const code = page.getByLabel('Code', { exact: true })
    await code.fill('SPRING25')
    await code.press('Enter')
    await expect(page.getByRole('button', { name: 'Use SPRING25' })).toBeVisible()
  }),
  at('/plan/change?plan=starter_monthly', 'plan-change', 'larger-than-needed', (page) =>
    page.getByRole('button', { name: /^Change to Starter on / }).waitFor(),
  ),
  at('/plan/change?plan=team_monthly', 'plan-change-year', 'yearly', (page) =>
    page.getByText('It begins at once, with a new period.').waitFor(),
  ),
  at('/plan/change?plan=starter_monthly', 'plan-change-trial', 'on-trial', (page) =>
    page.getByText('Nothing is charged in your trial.').waitFor(),
  ),
  at('/plan', 'plan-change-ending', 'larger-than-needed', async (page) => {
    await page.getByRole('button', { name: 'Cancel plan' }).click()
    await page.getByRole('button', { name: /^Cancel on / }).click()
    await page.goto(`${portal}/plan/change?plan=team_monthly`)
    await page.getByText('Your plan was to end then.').waitFor()
  }),
  at('/plan/seats', 'plan-seats', 'seats-to-spare', async (page) => {
    await page.getByRole('button', { name: 'One seat fewer' }).click()
    await expect(page.getByRole('button', { name: /^Reduce to 4 seats on / })).toBeVisible()
  }),
  at('/plan', 'plan-planned', 'larger-than-needed', planTeam),
  at('/plan', 'overview-planned', 'larger-than-needed', async (page) => {
    await planTeam(page)
    await page.goto(`${portal}/overview`)
  }),
  at('/plan', 'plan-change-planned', 'larger-than-needed', async (page) => {
    await planTeam(page)
    await page.getByRole('link', { name: 'Change plan' }).click()
    await expect(page.getByRole('button', { name: 'Undo the change' })).toBeVisible()
  }),
])

examine([
  at('/billing-details', 'details-tax-numbers', 'tax-numbers'),
  at('/billing-details', 'details-adding', 'billing-details', (page) =>
    page.getByRole('button', { name: 'Add a tax number' }).click(),
  ),
  at('/billing-details', 'details-wrong', 'billing-details', async (page) => {
    await page.getByLabel('City').fill('Berlin')
    await page.getByLabel('E-mail address for invoices').fill('nobody')
    await page.getByRole('button', { name: 'Save changes' }).click()
  }),
  at('/people', 'people', 'healthy', async (page, staged) => {
    await page.getByLabel('Name (optional)').fill('Lee')
    await page.getByLabel('E-mail address').fill(`lee+${staged.account}@acme.example`)
    await page.getByRole('button', { name: 'Send invitation' }).click()
    await expect(page.getByText('Invited Lee. The letter is on its way.')).toBeVisible()
  }),
  at('/people', 'people-many', 'many-people'),
  over('/people', 'people-person', 'many-people', /^Change /),
  at('/privacy', 'privacy', 'two-subscriptions', async (page, { door }) => {
    const other = await (await page.context().browser()?.newContext())?.newPage()
    await other?.goto(door)
    await other?.goto(`${demo}/billing`)
    await expect(other!).toHaveURL(/\/fix\/\w|\/maps\//)
    await page.reload()
    await expect(page.getByText('Last seen on').first()).toBeVisible()
  }),
  over('/privacy', 'privacy-everywhere', 'two-subscriptions', 'Sign out everywhere'),
])
