export type DemoConfig = {
  /** Where browsers reach the demo. */
  readonly origin: string
  readonly portal: string
  /** Where the Stripe API is reached: the sandbox, unless told otherwise. */
  readonly stripe: string
  readonly appId: string
  readonly key: string
}

/** The demo's settings from the environment. Throws a TypeError when an address is not one. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): DemoConfig & { port: number } {
  const port = Number(env['PORT'] ?? 4022)
  return {
    port,
    origin: new URL(env['DEMO_ORIGIN'] ?? `http://localhost:${port}`).origin,
    portal: new URL(env['PORTAL_ORIGIN'] ?? 'http://localhost:4020').origin,
    stripe: new URL(env['STRIPE_API_BASE'] ?? 'http://localhost:4021').origin,
    appId: env['FIX402_APP_ID'] ?? 'app_demo',
    key: env['FIX402_KEY'] ?? 'fix402_test_demo',
  }
}
