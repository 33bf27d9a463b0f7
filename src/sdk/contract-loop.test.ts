import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connectFix402 } from './next.ts'
import { results } from './loop.ts'
import { check, openTestPortal, type TestPortal } from './test-portal.ts'

// Whatever the portal says, an app that stays denied comes to rest: one visit, at most eight checks.

const start = 1_795_348_800
const clock = { seconds: start }
const app = 'https://maps.example'
let portal: TestPortal

beforeAll(async () => void (portal = await openTestPortal()))
afterAll(() => portal.close())
beforeEach(() => {
  clock.seconds = start
  Object.assign(portal, { blocked: 'card_declined', asked: [] })
})

function connect(origin = app) {
  return connectFix402({
    portal: portal.url,
    appId: 'app_maps',
    key: 'secret',
    timeout: 5_000,
    now: () => clock.seconds * 1_000,
    origin,
    account: () => 'acct_1',
    actor: () => 'anna',
  }).proxy({ feature: 'maps' })
}

type Serve = (request: Request) => Promise<Response | undefined>

/** A browser that follows redirects, keeps cookies, obeys refreshes, and lets the portal send it back at once. */
class Browser {
  readonly #jar = new Map<string, string>()
  readonly #serve: Serve
  readonly visits: string[] = []

  constructor(serve: Serve) {
    this.#serve = serve
  }

  /** One step; undefined when nothing happens any more by itself. `result` is what the portal says on the way back. */
  async visit(url: string, result: string): Promise<string | undefined> {
    this.visits.push(url)
    if (url.startsWith(portal.url)) {
      return `${app}/maps?billing_check=${check}&billing_result=${result}&state=${this.#jar.get('fix402_state')}`
    }
    const cookie = [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html', cookie }
    const answer = await this.#serve(new Request(url, { headers }))
    for (const set of answer?.headers.getSetCookie() ?? []) {
      const [name = '', value = ''] = set.split(';')[0]?.split('=') ?? []
      this.#jar.set(name, value)
    }
    if (answer?.status === 303) return answer.headers.get('location') ?? undefined
    const [, seconds, next] = /refresh" content="(\d+);url=([^"]+)"/.exec((await answer?.text()) ?? '') ?? []
    clock.seconds += Number(seconds ?? 0)
    return next
  }

  async run(url: string, result: string): Promise<void> {
    for (let next: string | undefined = url, steps = 0; next !== undefined; steps += 1) {
      if (steps > 100) throw new Error(`no rest: ${this.visits.slice(-6).join(' → ')}`)
      next = await this.visit(next, result)
    }
  }
}

describe.each([...results, 'something new', ''])('the portal always says "%s"', (result) => {
  test('an app that stays denied comes to rest, and the portal is visited once', async () => {
    const browser = new Browser(connect())
    await browser.run(`${app}/maps`, result)
    expect(browser.visits.filter((url) => url.startsWith(portal.url))).toHaveLength(1)
    const waiting = ['fixed', 'no_blocker', 'pending'].includes(result)
    // The first refusal, the look at the return, the page itself, and its looks by itself.
    expect(portal.asked).toHaveLength(waiting ? 8 : 3)
    expect(portal.asked.slice(1).filter(({ fresh }) => fresh === true)).toHaveLength(waiting ? 6 : 1)
  })
})

test('a person who goes round by hand ends on a page each time, never in a cycle', async () => {
  const browser = new Browser(connect())
  for (let round = 0; round < 3; round += 1) {
    await browser.run(`${app}/maps`, 'unchanged')
    await browser.run(`${portal.url}/fix`, 'unchanged')
  }
  expect(browser.visits.length).toBeLessThan(20)
})

test.each(['unchanged', 'fixed'])(
  'a portal gated by itself is a page, not a redirect to itself (%s)',
  async (result) => {
    const serve = connect(portal.url)
    const headers = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', accept: 'text/html' }
    const answer = await serve(new Request(`${portal.url}/account`, { headers }))
    expect(answer?.status).toBe(402)
    const back = await serve(new Request(`${portal.url}/account?billing_result=${result}`, { headers }))
    expect(back?.headers.get('location')).toBe(`${portal.url}/account`)
  },
)
