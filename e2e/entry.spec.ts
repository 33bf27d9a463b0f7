import { expect, test, type Page } from '@playwright/test'
import { demo, hitTheWall, portal, stage } from './scenario.ts'

/** The link that the app redirects to, not yet followed. */
async function link(page: Page): Promise<string> {
  const response = await page.request.get(`${demo}/maps/berlin`, {
    maxRedirects: 0,
    headers: { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', Accept: 'text/html' },
  })
  expect(response.status()).toBe(303)
  return response.headers()['location'] ?? ''
}

test('the ticket leaves the address bar at once and never reaches a server log', async ({ page }) => {
  await stage(page, 'card-expired')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await hitTheWall(page, 'update-card')
  expect(page.url()).not.toContain('#')
  expect(asked.filter((url) => url.includes('eyJ'))).toEqual([])
})

test('a link that was used goes on in its own browser and says so in any other', async ({ page, browser }) => {
  await stage(page, 'card-expired')
  const url = await link(page)
  await page.goto(url)
  await expect(page).toHaveURL(/\/fix\/update-card/)
  await page.goto('about:blank')
  await page.goto(url)
  await expect(page).toHaveURL(/\/fix\/update-card/)

  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(url)
  await expect(stranger.getByRole('heading', { name: 'This link was already used' })).toBeVisible()
  await expect(stranger.getByText('Acme')).toHaveCount(0)
  await expect(stranger.getByRole('link', { name: /Maps API/ })).toBeVisible()
})

test('a scanner that only fetches the link uses nothing up', async ({ page }) => {
  await stage(page, 'card-expired')
  const url = await link(page)
  expect((await page.request.get(url)).status()).toBe(200)
  await page.goto(url)
  await expect(page).toHaveURL(/\/fix\/update-card/)
})

test('a link for another account asks before it switches', async ({ page }) => {
  await stage(page, 'card-expired')
  await hitTheWall(page, 'update-card')
  await stage(page, 'card-declined')
  await page.goto(`${demo}/maps/berlin`)
  await expect(page.getByRole('heading', { name: 'This is about another account' })).toBeVisible()
  await page.getByRole('button', { name: /Switch to/ }).click()
  await expect(page).toHaveURL(/\/fix\/update-card/)
})

test('a forged link opens nothing', async ({ page }) => {
  await page.goto(`${portal}/fix#t=eyJhbGciOiJub25lIn0.eyJzdWIiOiJhY2N0X2RlbW8ifQ.`)
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible()
})

test('without a session the portal asks who one is, and tells nothing else', async ({ page }) => {
  await page.goto(`${portal}/fix?app=app_demo&reason=card_expired`)
  await expect(page.getByRole('heading', { name: 'Sign in to go on with Maps API' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open it from Maps API instead' })).toBeVisible()
})
