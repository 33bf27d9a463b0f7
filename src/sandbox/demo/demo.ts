import { readFile } from 'node:fs/promises'
import { createFix402 } from '#sdk/fix402.ts'
import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { DemoConfig } from './config.ts'
import { mapPage } from './map-page.ts'
import { iconSvg } from './page.ts'
import { ensurePrices, type Prices } from './prices.ts'
import { paidToday } from './building.ts'
import { createEars } from './ears.ts'
import { createLever } from './lab.ts'
import { registerAccount } from './register-account.ts'
import { findScenario, scenarioOf, type ScenarioName } from './scenarios.ts'
import { secret, SignIns, type SignIn } from './sign-ins.ts'
import { stageScenario, type Staged } from './stage.ts'
import { startPage } from './start-page.ts'
import { createStripe } from './stripe-client.ts'

export type Demo = {
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** Makes the prices and one healthy account, `acct_demo`. Safe to repeat. */
  seed(): Promise<void>
  stage(name: ScenarioName): Promise<Staged>
}

const COOKIE = 'demo_user'
/** Served as one file. */
const sheets = ['frame.css', 'start.css', 'berlin.css']
const WALL = '/maps/berlin'
/** Milliseconds. A demo that serves for free because it was slow to start would show the wrong thing. */
const PATIENCE = 15_000

/** The failing app: a small map service that answers 402 through the SDK. `now` gives unix milliseconds. */
export function createDemo(config: DemoConfig, now: () => number = Date.now): Demo {
  const stripe = createStripe(config.stripe)
  const signIns = new SignIns()
  const lever = createLever(config.stripe)
  let prices: Promise<Prices> | undefined
  let building: Promise<unknown> = Promise.resolve()
  const fix402 = createFix402({
    portal: config.portal,
    appId: config.appId,
    key: config.key,
    origin: config.origin,
    timeout: PATIENCE,
    now,
    who: (request) => {
      const cookie = /(?:^|;\s*)demo_user=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1]
      const signIn = signIns.byCookie(cookie)
      return signIn && { ...personOf(signIn), returnTo: `${config.origin}${WALL}` }
    },
  })

  const ears = createEars({ key: config.key, now, forget: (account) => fix402.forget(account) })

  async function studio() {
    prices ??= ensurePrices(stripe)
    // A failure must not be remembered: Stripe may only have been slow to start.
    prices.catch(() => (prices = undefined))
    return { stripe, prices: await prices, now: seconds() }
  }

  async function stage(name: ScenarioName): Promise<Staged> {
    const lab = { ...(await studio()), lever, portal: config.portal, key: config.key }
    // One after the other: some of them set the merchant's account otherwise while they are built.
    const staged = building.then(() => stageScenario(name, lab))
    building = staged.catch(() => undefined)
    return staged
  }

  async function seed(): Promise<void> {
    const [label, email] = ['Acme GmbH', 'healthy@acme.example']
    const known = await stripe.customers.list({ email, limit: 1 })
    const customer = known.data[0]?.id ?? (await paidToday(await studio(), { name: label, email })).customer
    await registerAccount(config, { id: 'acct_demo', label, customer })
  }

  const signedIn = (c: Context) => signIns.byCookie(getCookie(c, COOKIE))
  const seconds = () => Math.floor(now() / 1_000)
  const asks = (signIn: SignIn, feature: string) => ({ ...personOf(signIn), ...(signIn.asks ?? { feature }) })

  function tells({ tells }: SignIn) {
    const left = (tells?.until ?? 0) - seconds()
    return tells && left > 0 ? { reason: tells.reason, retryAfter: left } : {}
  }

  /** Someone who comes from the portal: asked for anew, and sent on to the clean address. */
  async function takeBack(request: Request, signIn: SignIn): Promise<Response | undefined> {
    const taken = await fix402.takeBack(request, { ...asks(signIn, 'maps'), expectedState: signIn.state })
    if (!taken) return undefined
    if (taken.allowed && taken.stateMatches) {
      signIn.mistake = undefined
      signIn.back = { result: taken.result, proven: taken.receiptIsGenuine }
    }
    signIn.state = secret()
    return taken.response
  }

  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(headersFor(config.portal))) {
      // The SDK's own page brings a stricter policy of its own.
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    }
  })
  const css = Promise.all(sheets.map((name) => readFile(new URL(name, import.meta.url), 'utf8')))
  css.catch(() => undefined)
  app.get('/demo.css', async (c) => c.body((await css).join(''), 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/icon.svg', (c) => c.body(iconSvg, 200, { 'content-type': 'image/svg+xml' }))

  app.get('/', async (c) => {
    const signIn = signedIn(c)
    const back = signIn && (await takeBack(c.req.raw, signIn))
    const notice = c.req.query('ended') === undefined ? undefined : 'Signed out.'
    return back ?? c.html(startPage({ origin: config.origin, signIn, notice, sought: c.req.query('q') }))
  })

  app.post('/scenarios/:name{.+}', async (c) => {
    const name = findScenario(c.req.param('name'))
    if (name === undefined) return c.notFound()
    const staged = await stage(name)
    const { title, mistake, asks, tells } = scenarioOf(name)
    const told = tells && {
      reason: tells.reason,
      until: seconds() + Number(c.req.query('seconds') ?? tells.seconds),
    }
    const { cookie, signIn } = signIns.begin({ ...staged, title, mistake, asks, tells: told })
    setCookie(c, COOKIE, cookie, { httpOnly: true, sameSite: 'Lax', path: '/' })
    if (!c.req.header('accept')?.includes('application/json')) return c.redirect(WALL, 303)
    const { apiToken, doorToken } = signIn
    return c.json({ ...staged, wall: WALL, door: `${config.origin}/enter/${doorToken}`, api_token: apiToken })
  })

  app.get('/enter/:token', (c) => {
    const cookie = signIns.cookieByDoor(c.req.param('token'))
    if (cookie === undefined) return c.redirect('/', 303)
    setCookie(c, COOKIE, cookie, { httpOnly: true, sameSite: 'Lax', path: '/' })
    return c.redirect(WALL, 303)
  })

  app.post('/sign-out', (c) => {
    signIns.end(deleteCookie(c, COOKIE))
    return c.redirect('/?ended', 303)
  })

  app.get('/billing', async (c) => {
    const signIn = signedIn(c)
    if (!signIn) return c.redirect('/', 303)
    return c.redirect(await fix402.ticket({ ...personOf(signIn), returnTo: `${config.origin}${WALL}` }), 303)
  })

  app.get('/_billing/fix/:check', async (c) => (await fix402.fixRoute(c.req.raw)) ?? c.notFound())

  app.get(WALL, async (c) => {
    const signIn = signedIn(c)
    if (!signIn) return c.redirect('/', 303)
    const back = await takeBack(c.req.raw, signIn)
    if (back) return back
    if (signIn.mistake !== undefined) {
      const returnTo = `${config.origin}${WALL}`
      return c.redirect(await fix402.ticket({ ...personOf(signIn), reason: signIn.mistake, returnTo }), 303)
    }
    const question = asks(signIn, 'maps')
    const refusal = await fix402.requirePaid(c.req.raw, { ...question, ...tells(signIn) })
    if (refusal) return refusal
    const decision = await fix402.check(question)
    const warnings = decision.allowed ? decision.warnings : []
    const answer = c.html(mapPage({ signIn, warnings, origin: config.origin, now: seconds() }))
    signIn.back = undefined
    return answer
  })

  app.post('/webhooks/fix402', (c) => ears.receive(c.req.raw))

  const byToken = (c: Context) => signIns.byApiToken(/^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1])

  app.get('/api/heard', (c) => {
    const signIn = byToken(c)
    return signIn ? c.json(ears.heardOf(signIn.account)) : withoutToken(c)
  })

  app.get('/api/tiles/:z/:x/:y', async (c) => {
    const signIn = byToken(c)
    if (!signIn) return withoutToken(c)
    const refusal = await fix402.requirePaid(c.req.raw, { ...asks(signIn, 'tiles'), ...tells(signIn) })
    if (refusal) return refusal
    const { z, x, y } = c.req.param()
    return c.json({ tile: `${z}/${x}/${y}`, account: signIn.account, layers: ['streets', 'water', 'parks'] })
  })

  return { fetch: (request) => app.fetch(request), seed, stage }
}

function personOf({ account, actor, state }: SignIn) {
  return { account, actor, state }
}

function withoutToken(c: Context): Response {
  const problem = { type: 'about:blank', title: 'Send the token of an account', status: 401 }
  const headers = { 'content-type': 'application/problem+json', 'www-authenticate': 'Bearer realm="Maps API"' }
  return c.body(JSON.stringify(problem), 401, headers)
}

function headersFor(portal: string) {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    // A started scenario leads through the wall straight to the portal, and a form's redirects count.
    `form-action 'self' ${portal}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  }
}
