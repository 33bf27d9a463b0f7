import { expect, test as base } from '@playwright/test'
import { openSite } from './stripe-js-site.ts'
import type { Page } from '@playwright/test'
import type { Site } from './stripe-js-site.ts'

type Words = Record<string, string>

type Merchant = {
  page: Page
  site: Site
  /** Opens the merchant's page, told by `words` what to show, and waits for the fields unless there are none. */
  open: (words?: Words) => Promise<void>
}

const GERMANY = JSON.stringify({ defaultValues: { billingDetails: { address: { country: 'DE' } } } })

/** A merchant's page under a strict policy; a test fails by anything the browser refused there or in a frame. */
export const test = base.extend<{ merchant: Merchant }, { site: Site }>({
  site: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a function wants off its first parameter
    async ({}, provide) => {
      const site = await openSite()
      await provide(site)
      await site.close()
    },
    { scope: 'worker' },
  ],
  merchant: async ({ page, site }, provide) => {
    const refused: string[] = []
    await page.exposeFunction('refused', (what: string) => refused.push(what))
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        void Reflect.get(window, 'refused')?.(`${violatedDirective} ${blockedURI}`)
      })
    })
    const open = async (words: Words = {}) => {
      const query = new URLSearchParams({ sandbox: site.sandbox, payment: GERMANY, ...words })
      await page.goto(`${site.origin}/?${query.toString()}`)
      if (!('bare' in words)) await expect(save(page)).toBeEnabled()
    }
    await provide({ page, site, open })
    expect(refused).toEqual([])
  },
})

export { expect }

export const fields = (page: Page) => page.frameLocator('iframe[title="Secure payment input frame"]')
export const save = (page: Page) => page.getByRole('button', { name: 'Save card' })
export const output = (page: Page) => page.locator('output')

export const type = async (page: Page, number: string) => {
  await fields(page).getByLabel('Card number').fill(number)
  await fields(page).getByLabel('Expiry date').fill('12 / 34')
  await fields(page).getByLabel('Security code').fill('123')
}
