// `npm test`: everything. Ends with one line, `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'

type Count = { passed: number; failed: number }

const VITEST = 'test-results/unit.json'
const PLAYWRIGHT = 'test-results/e2e.json'

const steps: { name: string; command: string; count?: () => Count }[] = [
  { name: 'format', command: 'oxfmt --check' },
  { name: 'lint', command: 'oxlint' },
  { name: 'types', command: 'tsc -b' },
  { name: 'dead code', command: 'knip' },
  {
    name: 'unit and API',
    command: `vitest run --reporter=default --reporter=json --outputFile.json=${VITEST}`,
    count: () => {
      const { numPassedTests, numFailedTests, numFailedTestSuites } = read(VITEST)
      return { passed: numPassedTests ?? 0, failed: Math.max(numFailedTests ?? 0, numFailedTestSuites ?? 0) }
    },
  },
  {
    name: 'browser journeys',
    // A machine that stumbles is no fault of the product; a journey that needed its second try is named at the end.
    command: 'playwright test -c e2e --retries=1',
    count: () => {
      const { stats, suites } = read(PLAYWRIGHT)
      stumbled = (suites ?? []).flatMap(secondTries)
      return { passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed: stats?.unexpected ?? 0 }
    },
  },
]

let stumbled: string[] = []
const total: Count = { passed: 0, failed: 0 }
rmSync('test-results', { recursive: true, force: true })
mkdirSync('test-results', { recursive: true })
if (!haveBrowser()) fetchBrowser()
for (const { name, command, count } of steps) {
  console.log(`\n── ${name}: ${command}`)
  const began = Date.now()
  const ok =
    spawnSync(command, { shell: true, stdio: 'inherit', env: { ...process.env, CI: process.env.CI ?? '1' } }).status ===
    0
  const counted = counts(count, ok)
  total.passed += counted.passed
  total.failed += counted.failed
  console.log(
    `── ${name}: ${counted.passed} passed, ${counted.failed} failed (${Math.round((Date.now() - began) / 1_000)} s)`,
  )
}
if (stumbled.length > 0) console.log(`\npassed only at the second try:\n  ${stumbled.join('\n  ')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

/** A step that failed without a failed test (it could not even start) still counts as one. */
function counts(count: (() => Count) | undefined, ok: boolean): Count {
  if (!count) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  try {
    const { passed, failed } = count()
    return { passed, failed: ok ? failed : Math.max(failed, 1) }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

type Report = {
  numPassedTests?: number
  numFailedTests?: number
  numFailedTestSuites?: number
  stats?: { expected: number; unexpected: number; flaky: number }
  suites?: Suite[]
}

/** A file or a group of journeys, as Playwright's JSON reporter nests them. */
type Suite = {
  file: string
  suites?: Suite[]
  specs: { title: string; tests: { status: 'expected' | 'unexpected' | 'flaky' | 'skipped' }[] }[]
}

function secondTries({ file, suites = [], specs }: Suite): string[] {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
  return [...own.map(({ title }) => `${file} › ${title}`), ...suites.flatMap(secondTries)]
}

function read(file: string): Report {
  return JSON.parse(readFileSync(file, 'utf8')) as Report
}

function haveBrowser(): boolean {
  if (existsSync(process.env.CHROMIUM_PATH ?? '/usr/bin/chromium')) return true
  const found = spawnSync(process.execPath, [
    '-e',
    "import('@playwright/test').then(({chromium})=>process.exit(require('fs').existsSync(chromium.executablePath())?0:1))",
  ])
  return found.status === 0
}

/** Playwright's own Chromium; where its download is out of reach, Debian's. */
function fetchBrowser(): void {
  const ways = [
    'playwright install --with-deps chromium',
    'playwright install chromium',
    'apt-get update && apt-get install -y --no-install-recommends chromium',
  ]
  for (const way of ways) {
    console.log(`── browser: ${way}`)
    if (spawnSync(way, { shell: true, stdio: 'inherit' }).status === 0 && haveBrowser()) return
  }
  console.log('── browser: none could be installed; set CHROMIUM_PATH to one')
}
