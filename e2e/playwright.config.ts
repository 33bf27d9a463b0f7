import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'

// Playwright's own browser where it could be installed; otherwise the system's Chromium.
const systemChromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const executablePath = existsSync(systemChromium) ? systemChromium : undefined
const port = Number(process.env.E2E_PORT ?? 4120)
// Where the journeys at the desk write down what it answered; workers find it in their environment.
process.env.E2E_DESK_LOOKS ??= join(tmpdir(), `fix402-e2e-desk-${process.pid}.ndjson`)

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  projects: [
    { name: 'journeys', testIgnore: /(contract|desk-audit)\.spec/ },
    // Judges what the sandbox answered during all journeys, so it comes after them.
    { name: 'contract', testMatch: /contract\.spec/, dependencies: ['journeys'] },
    // Holds what the desk answered during all journeys against its audit.
    { name: 'audit', testMatch: /desk-audit\.spec/, dependencies: ['journeys'] },
  ],
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    // High enough for a whole fix screen: a click right after a scroll can still be sent to Stripe's frame.
    viewport: { width: 1280, height: 1400 },
    baseURL: `http://localhost:${port + 2}`,
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: 'node start.ts',
    cwd: '..',
    url: `http://localhost:${port + 2}`,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    reuseExistingServer: false,
    env: {
      PORT: String(port),
      DATA_DIR: join(tmpdir(), `fix402-e2e-${process.pid}`),
      ...(existsSync('../shared/tools/stripe-contract') && { STRIPE_CONTRACT_DIR: '../shared' }),
    },
  },
})
