// `npm run bench:pages`: what a person waits for, in a real browser, on this machine with the built portal and the
// sandbox's Stripe. Medians over ROUNDS fresh tabs; what is compared is measured side by side in the same run.
import { chromium, type Browser, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROUNDS = Number(process.env['ROUNDS'] ?? 15)
const PORT = Number(process.env['BENCH_PORT'] ?? 4560)
const portal = `http://localhost:${PORT}`
const demo = `http://localhost:${PORT + 2}`
const systemChromium = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

const walks = [
  ['Usage', '/usage'],
  ['Payment methods', '/payment-methods'],
  ['Invoices', '/invoices'],
  ['Plan & details', '/plan'],
  ['Billing details', '/billing-details'],
  ['People', '/people'],
  ['Privacy', '/privacy'],
] as const

/** Milliseconds by what was measured, in the order in which it was first met. */
const measured = new Map<string, number[]>()
const note = (what: string, ms: number) => measured.set(what, [...(measured.get(what) ?? []), ms])

const folder = mkdtempSync(join(tmpdir(), 'fix402-bench-'))
const server = spawn(process.execPath, ['start.ts'], {
  env: { ...process.env, PORT: String(PORT), DATA_DIR: folder },
  stdio: ['ignore', 'ignore', 'inherit'],
})
try {
  await answering()
  const browser = await chromium.launch({
    ...(existsSync(systemChromium) && { executablePath: systemChromium }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  await measure(browser)
  await browser.close()
  print()
} finally {
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await gone
  rmSync(folder, { recursive: true, force: true })
}

async function measure(browser: Browser): Promise<void> {
  const few = await enter(browser, 'every-invoice')
  const many = await enter(browser, 'many-invoices')
  const stopped = await enter(browser, 'card-declined')
  for (let round = 0; round < ROUNDS; round += 1) {
    await firstLoad(browser, few, '/overview', 'first load of /overview')
    await firstLoad(browser, stopped, '/fix/update-card', 'first load of /fix/update-card')
    await walk(browser, few)
    const pairs = [
      [few, '16 invoices'],
      [many, '10,000 invoices'],
    ] as const
    for (const [who, label] of round % 2 === 0 ? pairs : pairs.toReversed()) await invoices(browser, who, label)
  }
}

type Person = Awaited<ReturnType<typeof enter>>

/** Signs in by the demo app's door, and keeps the cookies for fresh tabs. */
async function enter(browser: Browser, scenario: string) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.request.post(`${demo}/scenarios/${scenario}`, { headers: { Accept: 'application/json' } })
  await page.goto(`${demo}/billing`)
  await page.waitForURL(/\/fix\/\w|\/maps\//)
  const state = await context.storageState()
  await context.close()
  return state
}

/** A tab in which nothing is cached, on a desk. */
async function freshTab(browser: Browser, person: Person): Promise<Page> {
  const context = await browser.newContext({ storageState: person, viewport: { width: 1280, height: 900 } })
  return context.newPage()
}

/** Largest Contentful Paint (https://w3c.github.io/largest-contentful-paint), once everything that was on its way is there. */
async function firstLoad(browser: Browser, person: Person, path: string, what: string): Promise<void> {
  const page = await freshTab(browser, person)
  await page.addInitScript(() => {
    Reflect.set(window, 'lcp', 0)
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) Reflect.set(window, 'lcp', startTime)
    }).observe({ type: 'largest-contentful-paint', buffered: true })
  })
  await page.goto(portal + path)
  await there(page)
  note(`${what}: content is there`, await page.evaluate(() => performance.now()))
  await page.waitForTimeout(400)
  note(`${what}: largest paint`, await page.evaluate(() => Number(Reflect.get(window, 'lcp'))))
  await page.context().close()
}

async function there(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const title = document.querySelector('h1')?.textContent ?? ''
    return title !== '' && !title.startsWith('Looking at') && document.querySelector('main [data-skeleton]') === null
  })
}

/** From place to place, as met for the first time in a tab, and once more. */
async function walk(browser: Browser, person: Person): Promise<void> {
  const page = await freshTab(browser, person)
  await page.goto(`${portal}/overview`)
  await there(page)
  for (const time of ['first', 'again'] as const) {
    for (const [link, path] of walks) note(`to ${path}, ${time}`, await follow(page, link, path))
    await follow(page, 'Overview', '/overview')
  }
  await page.context().close()
}

/** Milliseconds from a click to the drawn page, measured inside the page. */
async function follow(page: Page, link: string, path: string): Promise<number> {
  await page.getByRole('link', { name: link, exact: true }).first().waitFor()
  return page.evaluate(
    async ([text, to]) => {
      const links = Array.from(document.querySelectorAll<HTMLAnchorElement>(`nav a[href="${to}"]`))
      const title = () => document.querySelector('h1')?.textContent ?? 'Looking at'
      const before = title()
      const began = performance.now()
      links.find((one) => one.textContent?.includes(text))?.click()
      // The address changes first, and then for a while it is still the page before.
      const isThere = () =>
        location.pathname === to &&
        ![before, ''].includes(title()) &&
        !title().startsWith('Looking at') &&
        document.querySelector('main [data-skeleton]') === null
      while (!isThere()) await new Promise((resolve) => requestAnimationFrame(resolve))
      return performance.now() - began
    },
    [link, path] as const,
  )
}

async function invoices(browser: Browser, person: Person, label: string): Promise<void> {
  const page = await freshTab(browser, person)
  await page.goto(`${portal}/overview`)
  await there(page)
  note(`${label}: the list`, await follow(page, 'Invoices', '/invoices'))
  note(`${label}: only the paid ones`, await pressed(page, 'main nav a', 'Paid', '?status=paid'))
  if (label.startsWith('10')) {
    await pressed(page, 'main nav a', 'All', '')
    note(`${label}: a hundred more`, await more(page))
    for (let index = 0; index < 9; index += 1) await more(page)
    for (const gap of await scroll(page)) note(`${label}: a frame while scrolling through 1,025 rows`, gap)
  }
  await page.context().close()
}

/** From a click on a choice to its rows. */
async function pressed(page: Page, selector: string, text: string, search: string): Promise<number> {
  return page.evaluate(
    async ([where, word, wanted]) => {
      const began = performance.now()
      const links = Array.from(document.querySelectorAll<HTMLAnchorElement>(where))
      links.find(({ textContent }) => textContent === word)?.click()
      const isThere = () =>
        location.search === wanted && document.querySelector('[aria-current="true"]')?.textContent === word
      while (!isThere()) await new Promise((resolve) => requestAnimationFrame(resolve))
      return performance.now() - began
    },
    [selector, text, search] as const,
  )
}

async function more(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const rows = () => document.querySelectorAll('tbody th a').length
    const before = rows()
    const began = performance.now()
    Array.from(document.querySelectorAll('main button'))
      .find(({ textContent }) => textContent?.startsWith('Show more'))
      ?.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    while (rows() === before) await new Promise((resolve) => requestAnimationFrame(resolve))
    return performance.now() - began
  })
}

/** Milliseconds between frames while the page is scrolled through once, in two seconds. */
async function scroll(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    window.scrollTo(0, 0)
    const began = await frame()
    const gaps: number[] = []
    for (let last = began; last - began < 2_000;) {
      window.scrollTo(0, ((last - began) / 2_000) * document.documentElement.scrollHeight)
      const now = await frame()
      gaps.push(now - last)
      last = now
    }
    return gaps
  })
}

function print(): void {
  const width = Math.max(...Array.from(measured.keys(), ({ length }) => length))
  console.log(`${'ms'.padEnd(width)}  median     p95  (of)`)
  for (const [what, all] of measured) {
    const sorted = all.toSorted((a, b) => a - b)
    const at = (part: number) => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(0).padStart(6)
    console.log(`${what.padEnd(width)}  ${at(0.5)}  ${at(0.95)}  (${all.length})`)
  }
  const middle = (what: string) => (measured.get(what) ?? []).toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0
  for (const what of ['the list', 'only the paid ones']) {
    const ratio = middle(`10,000 invoices: ${what}`) / middle(`16 invoices: ${what}`)
    console.log(`10,000 invoices against 16, ${what}: × ${ratio.toFixed(2)}`)
  }
}

async function answering(): Promise<void> {
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline) {
    const ok = await fetch(demo).then(
      (response) => response.ok,
      () => false,
    )
    if (ok) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`nothing answers at ${demo}`)
}
