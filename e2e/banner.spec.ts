import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { getRequestListener } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { connectFix402 } from '#sdk/hono.ts'
import { PATIENCE, portal, stage } from './scenario.ts'

/** Nothing inline, nothing from elsewhere. */
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'"

let server: Server
let app = ''

/** An app whose pages carry the banner that is built for plain pages, and know who is signed in by the address. */
test.beforeAll(async () => {
  const hono = new Hono()
  const billing = connectFix402({
    portal,
    appId: 'app_demo',
    key: 'fix402_test_demo',
    timeout: PATIENCE,
    account: (c: Context) => /account=([\w-]+)/.exec(c.req.header('cookie') ?? '')?.[1],
    actor: () => 'anna',
  })
  hono.use(billing.routes)
  hono.get('/banner.js', async (c) => {
    return c.body(await readFile('dist-sdk/banner.js'), 200, { 'content-type': 'text/javascript' })
  })
  hono.get('/', (c) => {
    const { account = '', dir = 'ltr', lang = 'en', scheme = 'light dark' } = c.req.query()
    c.header('set-cookie', `account=${account}; Path=/; HttpOnly; SameSite=Lax`)
    c.header('content-security-policy', policy)
    return c.html(`<!doctype html><html lang="${lang}" dir="${dir}"><title>Maps</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="${scheme}">
<script src="/banner.js" defer></script>
<fix402-banner service="Northwind Maps"></fix402-banner><main><h1>Berlin</h1></main></html>`)
  })
  server = createServer(getRequestListener((request) => hono.fetch(request)) as Parameters<typeof createServer>[1])
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  app = `http://localhost:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => void server.close())

const banner = (page: Page) => page.getByRole('status')

test('a warning stands above the page, covers nothing, and leads to the fix', async ({ page }) => {
  const violations: string[] = []
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text())
  })
  const { account } = await stage(page, 'in-grace')
  await page.goto(`${app}/?account=${account}`)
  await expect(banner(page)).toContainText('Northwind Maps works until')
  const box = await page.locator('fix402-banner').boundingBox()
  const heading = await page.getByRole('heading', { name: 'Berlin' }).boundingBox()
  expect(box?.y).toBeLessThan(20)
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(heading?.y ?? 0)
  expect(violations).toEqual([])
  await banner(page).getByRole('link').click()
  await expect(page).toHaveURL(new RegExp(`^${portal}/fix/`))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test('put off, it stays away on the next page too', async ({ page }) => {
  const { account } = await stage(page, 'in-grace')
  await page.goto(`${app}/?account=${account}`)
  await banner(page).getByRole('button', { name: 'Remind me tomorrow' }).click()
  await expect(banner(page)).toBeEmpty()
  const told = page.waitForResponse(/_billing\/warnings/)
  await page.reload()
  await told
  await expect(banner(page)).toBeEmpty()
})

test('a blocked account is told why, and is let in by one click', async ({ page }) => {
  const { account } = await stage(page, 'card-expired')
  await page.goto(`${app}/?account=${account}`)
  await expect(banner(page)).toContainText(/card/i)
  await expect(banner(page).getByRole('button')).toHaveCount(0)
  await banner(page).getByRole('link').click()
  await expect(page).toHaveURL(/\/fix\/update-card\?check=chk_/)
})

test('where all is well it takes no room', async ({ page }) => {
  const { account } = await stage(page, 'healthy')
  const told = page.waitForResponse(/_billing\/warnings/)
  await page.goto(`${app}/?account=${account}`)
  expect(await (await told).json()).toEqual({ warnings: [] })
  expect((await page.locator('fix402-banner').boundingBox())?.height).toBe(0)
})

for (const scheme of ['light', 'dark'] as const) {
  for (const [width, dir, lang] of [
    [1280, 'ltr', 'en'],
    [390, 'rtl', 'ar'],
  ] as const) {
    test(`it can be read by everybody: ${scheme}, ${width} pixels, ${dir}`, async ({ page }, testInfo) => {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize({ width, height: 400 })
      for (const name of ['in-grace', 'card-expired'] as const) {
        const { account } = await stage(page, name)
        await page.goto(`${app}/?account=${account}&dir=${dir}&lang=${lang}`)
        await expect(banner(page).getByRole('link')).toBeVisible()
        expect((await new AxeBuilder({ page }).disableRules(['region']).analyze()).violations).toEqual([])
        const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
        expect(tooWide).toBe(false)
        await page.screenshot({ path: testInfo.outputPath(`${name}.png`) })
      }
    })
  }
}
