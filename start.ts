// `npm start`: builds what is out of date, then runs the portal. Without a Stripe key the sandbox Stripe and the demo
// app run beside it, each a process of its own that the others know by its address only.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError, loadConfig } from '#server/config.ts'
import { registerWebhook } from './sandbox-webhook.ts'

const READY_MS = 90_000
const STOP_MS = 12_000
const children: ChildProcess[] = []
let stopping = false

async function main(): Promise<void> {
  const config = await loadConfig(process.env)
  const identity = `http://localhost:${config.port + 9}`
  const desk = config.desk?.origin
  // A desk of one's own is signed in to at one's own provider.
  const signsIn = config.stripe.sandbox && config.desk?.issuer === identity
  const beside = [...(config.stripe.sandbox ? [1, 2, 3] : []), ...(signsIn ? [9] : [])]
  for (const port of [config.port, ...deskPorts(desk), ...beside.map((offset) => config.port + offset)])
    if (await isTaken(port)) throw new ConfigError(`PORT: ${port} is already in use; set PORT to another`)
  build()

  const demo = `http://localhost:${config.port + 2}`
  const environment: Record<string, string> = { PORTAL_ORIGIN: config.origin, STRIPE_API_BASE: config.stripe.apiBase }
  if (config.stripe.sandbox) {
    await run(
      'src/sandbox/main.ts',
      {
        ...environment,
        PORT: String(config.port + 1),
        SMTP_PORT: String(config.port + 3),
        ...(signsIn && desk !== undefined && { DESK_ORIGIN: desk, IDENTITY_PORT: String(config.port + 9) }),
      },
      `${config.stripe.apiBase}/_sandbox/health`,
    )
    environment['STRIPE_WEBHOOK_SECRET'] = await registerWebhook(config.stripe, config.origin)
  }
  await run(
    'src/server/main.ts',
    { ...environment, PORT: String(config.port) },
    `http://localhost:${config.port}/readyz`,
  )
  if (config.stripe.sandbox)
    await run('src/sandbox/demo/main.ts', { ...environment, PORT: String(config.port + 2) }, demo)

  console.log(`
  fix402 is ready.
${
  config.stripe.sandbox
    ? `
  Demo app         ${demo}      pick a scenario and walk into the wall`
    : ''
}
  Portal           ${config.origin}${
    config.stripe.sandbox
      ? `
  Sandbox Stripe   ${config.stripe.apiBase}      test cards only, no account needed
  Mailbox          ${config.stripe.apiBase}/mailbox      every letter ends here`
      : ''
  }${
    desk === undefined
      ? ''
      : `
  Support desk     ${desk}${signsIn ? '      sign in as any of four people' : ''}`
  }

  Ctrl-C stops everything.
`)
}

/** On this machine the desk has a port of its own, in the portal's process. */
function deskPorts(desk: string | undefined): readonly number[] {
  const { hostname, port } = new URL(desk ?? 'http://example.com')
  return hostname === 'localhost' && port !== '' ? [Number(port)] : []
}

/** Starts one process and waits until it answers. When any of them ends by itself, all end. */
async function run(file: string, environment: Record<string, string>, address: string): Promise<void> {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.push(child)
  child.once('exit', (code) => {
    if (!stopping) void stop(code || 1)
  })
  const deadline = Date.now() + READY_MS
  while (!(await answers(address))) {
    if (stopping) return
    if (Date.now() > deadline)
      throw new ConfigError(`${file} did not answer at ${address} within ${READY_MS / 1_000} seconds`)
    await sleep(100)
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}

/** Builds the browser part and the SDK's package, each unless it was built from exactly these sources. */
function build(): void {
  buildFrom(
    'dist',
    [
      'index.html',
      'support.html',
      'vite.config.ts',
      'package-lock.json',
      'public',
      'src/portal',
      'src/support',
      'src/ui',
      'src/contract',
      'src/diagnosis',
    ],
    ['node_modules/vite/bin/vite.js', 'build'],
  )
  buildFrom(
    'dist-sdk',
    ['build-sdk.ts', 'package.json', 'package-lock.json', 'src/tsconfig.base.json', 'src/sdk'],
    ['build-sdk.ts'],
  )
}

function buildFrom(folder: string, sources: readonly string[], command: readonly string[]): void {
  const digest = createHash('sha256')
  for (const file of sources.flatMap(filesIn)) digest.update(file).update(readFileSync(file))
  const now = digest.digest('hex')
  const stamp = `${folder}/.built-from`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  console.log(`Building ${folder} …`)
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' })
  if (status !== 0) throw new ConfigError(`the build failed:\n${stdout}${stderr}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(stamp, now)
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesIn(join(path, name)))
}

function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(true))
    probe.listen(port, () => probe.close(() => resolve(false)))
  })
}

/** Last started, first stopped; nobody is left behind. */
async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  setTimeout(() => {
    for (const child of children) child.kill('SIGKILL')
    process.exit(code)
  }, STOP_MS).unref()
  for (const child of children.toReversed()) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error)
  void stop(1)
})
