import { spawn, type ChildProcess } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { cards, expectHealed, payButton, portal, stage, typeCard } from './scenario.ts'

const first = Number(new URL(portal).port) + 4

for (const [offset, framework] of ['express', 'fastify', 'hono', 'next'].entries()) {
  test.describe(`an app on ${framework}`, () => {
    // One worker, because there is one app.
    test.describe.configure({ mode: 'default' })
    const app = `http://localhost:${first + offset}`
    let running: ChildProcess | undefined

    test.beforeAll(async ({ playwright }) => {
      running = spawn(process.execPath, [`src/sandbox/apps/${framework}.ts`], {
        env: { ...process.env, PORT: String(first + offset), PORTAL_ORIGIN: portal },
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const request = await playwright.request.newContext()
      const answers = () =>
        request.get(`${app}/tiles`).then(
          (response) => response.ok(),
          () => false,
        )
      await expect.poll(answers).toBe(true)
      await request.dispose()
    })
    test.afterAll(() => void running?.kill())

    test('refused, mended, back at the same address, served', async ({ page }) => {
      const staged = await stage(page, 'card-expired')
      await page.goto(`${app}/enter/${staged.account}`)
      await page.goto(`${app}/maps/berlin?zoom=3`)
      await expect(page).toHaveURL(/\/fix\/update-card\?check=chk_/)
      await expect(page.getByText('Acme GmbH').first()).toBeVisible()
      await typeCard(page, cards.works)
      await payButton(page).click()
      await expect(page).toHaveURL(`${app}/maps/berlin?zoom=3`)
      await expect(page.getByRole('heading', { name: 'Berlin' })).toBeVisible()
      await expectHealed(page, staged, { last4: '4242', amounts: [49_00] })
    })

    test('a script is told why, and the app’s own address leads its person in and back to the page', async ({
      page,
    }) => {
      const staged = await stage(page, 'card-expired')
      await page.goto(`${app}/enter/${staged.account}`)
      const refused = await page.evaluate(async () => {
        const response = await fetch('/tiles')
        return { status: response.status, type: response.headers.get('content-type'), problem: await response.json() }
      })
      expect(refused).toMatchObject({ status: 402, problem: { status: 402, reason: 'card_expired' } })
      expect(refused.type).toContain('application/problem+json')
      const address = String(refused.problem.fix.app_url)
      expect(address).toMatch(new RegExp(`^${app}/_billing/fix/chk_`))
      await page.goto(address)
      await expect(page).toHaveURL(/\/fix\/update-card\?check=chk_/)
      await typeCard(page, cards.works)
      await payButton(page).click()
      await expect(page).toHaveURL(`${app}/enter/${staged.account}`)
      await expect.poll(() => page.evaluate(async () => (await fetch('/tiles')).status)).toBe(200)
    })

    test('a refused form never reaches the portal, and is carried out once when it is sent again', async ({ page }) => {
      const staged = await stage(page, 'card-expired')
      const sent: string[] = []
      page.on('request', (request) => {
        if (request.url().startsWith(portal)) sent.push(`${request.method()} ${request.postData() ?? ''}`)
      })
      await page.goto(`${app}/enter/${staged.account}`)
      await page.getByRole('button', { name: 'Export' }).click()
      await expect(page).toHaveURL(/\/fix\/update-card\?check=chk_/)
      expect(sent[0]).toBe('GET ')
      expect(sent.filter((line) => line.includes('city'))).toEqual([])
      await typeCard(page, cards.works)
      await payButton(page).click()
      await expect(page).toHaveURL(`${app}/enter/${staged.account}`)
      await page.getByRole('button', { name: 'Export' }).click()
      await expect(page.getByRole('heading', { name: 'Exported: Berlin' })).toBeVisible()
    })
  })
}
