import { expect, type Page } from '@playwright/test'
import type { ScenarioName } from '#sandbox/demo/scenarios.ts'
import { demo, portal, stage, type Staged } from './scenario.ts'

/** Signed in by the app, and at the plan page. */
export async function openPlan(page: Page, scenario: ScenarioName): Promise<Staged> {
  const staged = await stage(page, scenario)
  await page.goto(`${demo}/billing`)
  await expect(page).toHaveURL(/\/fix\/\w|\/maps\//)
  await page.goto(`${portal}/plan`)
  await expect(page.getByRole('heading', { level: 1, name: /^Your plans?$/ })).toBeVisible()
  return staged
}

/** What is said to be done. */
export const done = (page: Page) => page.getByRole('status')

/** Chooses the smaller plan of somebody who has Business, and says on which day it begins. */
export async function planTeam(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Change plan' }).click()
  await page.getByRole('radio', { name: 'Team' }).check()
  const button = page.getByRole('button', { name: /^Change to Team on / })
  const day = /on (\w+, \w+ \d+)/.exec((await button.textContent()) ?? '')?.[1] ?? ''
  await expect(page.getByRole('heading', { name: `What changes on ${day}` })).toBeVisible()
  await expect(page.getByText('Offline maps is no longer part of it')).toBeVisible()
  await expect(page.getByText(`You use 7: from ${day} on nobody can join until 2 seats are free.`)).toBeVisible()
  await expect(page.getByText(`You have used 120,000 in this period. From ${day} on that is more`)).toBeVisible()
  await expect(page.locator('iframe')).toHaveCount(0)
  await button.click()
  await expect(page).toHaveURL(`${portal}/plan`)
  await expect(done(page)).toContainText('It is planned, and nothing was charged')
  return day
}
