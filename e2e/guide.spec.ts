import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from '@playwright/test'
import { openRegistry } from './registry.ts'
import { cards, payButton, typeCard } from './scenario.ts'

// The page's ports, moved away from those of the other journeys.
const first = Number(process.env.E2E_PORT ?? 4120) + 20
const ports: Readonly<Record<string, string>> = {
  '4020': String(first),
  '4022': String(first + 2),
  '3000': String(first + 4),
}
const home = mkdtempSync(join(tmpdir(), 'fix402-guide-'))
const running: ChildProcess[] = []
let registry: Awaited<ReturnType<typeof openRegistry>> | undefined

test.beforeAll(async () => {
  // `npm start` would fetch them, and this test's registry has only what is installed.
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  const stamp = join('node_modules', '.ready')
  test.skip(
    !existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock,
    'the dependencies are not those of package-lock.json',
  )
  symlinkSync(resolve('.'), join(home, 'fix402'))
  registry = await openRegistry()
})
test.afterAll(async () => {
  for (const child of running.toReversed().filter(({ exitCode }) => exitCode === null)) {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }
  registry?.close()
  // npm is gone at once, the portal a little later.
  rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
})

type Block = { readonly language: string; readonly title: string; readonly text: string }

/** What is fenced, in order; `sh stays` runs on in a terminal of its own, `js app.js` is saved. */
function blocksOf(page: string): readonly Block[] {
  const found = page.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)
  return [...found].map(([, language = '', title = '', text = '']) => ({
    language,
    title,
    text: text.replaceAll(/(?<=localhost:|listen\()(?:4020|4022|3000)/g, (port) => ports[port] ?? port),
  }))
}

const { PATH } = process.env
const environment = () => ({
  PATH,
  HOME: home,
  PORT: String(first),
  DATA_DIR: join(home, 'data'),
  npm_config_registry: registry?.url,
  npm_config_update_notifier: 'false',
})
let folder = home

/** One shell after the other, each where the last one was. */
async function run(script: string): Promise<string> {
  const child = spawn('bash', ['-c', `set -eu\n${script}\npwd > '${home}/folder'`], { cwd: folder, env: environment() })
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((end) => child.once('close', end)),
  ])
  expect(code, `${script}\n${out}${err}`).toBe(0)
  folder = readFileSync(join(home, 'folder'), 'utf8').trim()
  return out
}

async function stay(command: string): Promise<void> {
  const child = spawn('bash', ['-c', `exec ${command}`.replace(/^exec (\w+=)/, 'exec env $1')], {
    cwd: folder,
    env: environment(),
  })
  running.push(child)
  await new Promise<void>((ready, failed) => {
    let heard = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        heard += String(chunk)
        if (heard.includes('is ready')) ready()
      })
    child.once('exit', () => failed(new Error(`${command} ended:\n${heard}`)))
  })
}

test('whoever follows docs/connect.md word for word is refused, mends it and is served', async ({ page }) => {
  test.setTimeout(240_000)
  const said: string[] = []
  const blocks = blocksOf(readFileSync('docs/connect.md', 'utf8'))
  const last = blocks.at(-1)
  for (const block of blocks.slice(0, -1)) {
    if (block.title === 'stays') await stay(block.text)
    else if (block.language === 'sh') said.push(await run(block.text))
    else writeFileSync(join(folder, block.title), block.text)
  }
  const [refused = '', told = ''] = said.slice(-2)
  expect(refused).toMatch(/^HTTP\/1.1 402 /)
  expect(refused).toContain('"reason":"card_expired"')
  expect(told).toMatch(/^402 .*\n.*\nOpen http:\/\/localhost:\d+\/r\/\w{4}-\w{4} /)
  expect(told).toContain('exit code 42')

  await page.goto(`http://localhost:${ports['3000']}/export`)
  await expect(page).toHaveURL(/\/fix\/update-card\?check=chk_/)
  await typeCard(page, cards.works)
  await payButton(page).click()
  await expect(page).toHaveURL(`http://localhost:${ports['3000']}/export`)
  await expect(page.getByText('Here is your export.')).toBeVisible()
  expect(await run(last?.text ?? '')).toBe('Here is your export.\n')
})
