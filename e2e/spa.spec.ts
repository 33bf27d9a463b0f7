import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { getRequestListener } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { connectFix402 } from '#sdk/hono.ts'
import { cards, PATIENCE, payButton, portal, stage, typeCard } from './scenario.ts'

// A single-page app on one origin, its API on another, and the SDK's package in both.

const servers: Server[] = []
let home = ''
let stranger = ''
let api = ''

async function listen(app: Hono): Promise<string> {
  const listener = getRequestListener((request) => app.fetch(request))
  const server = createServer((request, response) => void listener(request, response))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

test.beforeAll(async () => {
  const front = new Hono()
  front.get('/:file{[\\w-]+\\.js}', async (c) =>
    c.body(await readFile(`dist-sdk/${c.req.param('file')}`), 200, { 'content-type': 'text/javascript' }),
  )
  front.get('/', (c) => c.html('<!doctype html><html lang="en"><title>Maps</title><h1>Berlin</h1></html>'))
  home = await listen(front)
  stranger = await listen(front)

  const back = new Hono()
  const billing = connectFix402({
    portal,
    appId: 'app_demo',
    key: 'fix402_test_demo',
    timeout: PATIENCE,
    cors: [home],
    account: (c: Context) => /account=([\w-]+)/.exec(c.req.header('cookie') ?? '')?.[1],
    actor: () => 'anna',
  })
  back.get('/enter/:account', (c) => {
    c.header('set-cookie', `account=${c.req.param('account')}; Path=/; HttpOnly; SameSite=Lax`)
    return c.text('signed in')
  })
  back.use(billing.requirePaid())
  back.get('/tiles', (c) => {
    c.header('access-control-allow-origin', home)
    c.header('access-control-allow-credentials', 'true')
    return c.text('a tile')
  })
  api = await listen(back)
})
test.afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

test('a page on another origin of the app reads the whole refusal; a stranger’s page reads nothing', async ({
  page,
}) => {
  const { account } = await stage(page, 'card-expired')
  await page.goto(`${api}/enter/${account}`)
  const ask = (address: string) =>
    page.evaluate(async (url) => {
      const response = await fetch(url, { credentials: 'include' })
      return { status: response.status, link: response.headers.get('link'), problem: await response.json() }
    }, address)
  await page.goto(home)
  const refused = await ask(`${api}/tiles`)
  expect(refused).toMatchObject({ status: 402, problem: { reason: 'card_expired', fix: { label: 'Update card' } } })
  expect(refused.link).toContain('rel="payment"')
  await page.goto(stranger)
  await expect(ask(`${api}/tiles`)).rejects.toThrow('Failed to fetch')
})

test('a page waits for a refusal and goes on by itself when it has been mended in another tab', async ({
  page,
  context,
}) => {
  const { account } = await stage(page, 'card-expired')
  await page.goto(`${api}/enter/${account}`)
  await page.goto(home)
  await page.evaluate(async (url) => {
    const { createPaidFetch } = await import(`${location.origin}/client.js`)
    const onParked = (problem: { fix: { app_url: string } }) => (document.title = problem.fix.app_url)
    const fetchPaid = createPaidFetch({ park: true, onParked })
    const wait = async () => {
      const response: Response = await fetchPaid(url, { credentials: 'include' })
      document.body.textContent = await response.text()
    }
    void wait()
  }, `${api}/tiles`)
  await expect(page).toHaveTitle(/\/_billing\/fix\/chk_/)
  const other = await context.newPage()
  await other.goto(await page.title())
  await expect(other).toHaveURL(/\/fix\/update-card\?check=chk_/)
  await typeCard(other, cards.works)
  await payButton(other).click()
  await expect(page.getByText('a tile')).toBeVisible()
})
