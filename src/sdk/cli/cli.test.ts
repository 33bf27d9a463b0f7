import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardDeclined } from '#sandbox/demo/building.ts'
import { ensurePrices } from '#sandbox/demo/prices.ts'
import { answerBank, openBench, type Bench } from '#sandbox/stripe/test-bench.ts'
import { openDesk, type Desk, type Stay } from '#server/stripe/test-desk.ts'
import { openPortalAtAddress } from '#server/test-address.ts'
import { openHealer, type Healer } from '#server/test-healer.ts'
import { appKey, type TestPortal } from '#server/test-portal.ts'
import { exitCodes } from './exit-codes.ts'

let bench: Bench
let portal: TestPortal
let desk: Desk
let healer: Healer
let app: { url: string; close: () => void }
let stay: Stay

beforeAll(async () => {
  bench = await openBench()
  portal = await openPortalAtAddress(bench.origin)
  desk = openDesk(portal, bench)
  healer = openHealer(portal, { ...bench, answerBank }, desk)
  stay = await refusedStay()
  app = await openApp()
})
afterAll(async () => {
  app?.close()
  await portal?.close()
  await bench?.close()
})

async function refusedStay() {
  const studio = { stripe: bench.stripe, prices: await ensurePrices(bench.stripe), now: portal.clock.now }
  return desk.enter(cardDeclined(studio, { name: 'Acme GmbH', email: 'anna@acme.example' }))
}

/** An app that asks the portal, and serves or refuses whoever calls it with its account's name. */
async function openApp() {
  const server = createServer((request, response) => {
    const account = String(request.headers['x-account'])
    void portal.asApp('POST', '/v1/checks', { account, fresh: true }).then(({ body }) => {
      const answer = body as { allowed: boolean; headers: Record<string, string>; status: number; problem: object }
      if (answer.allowed) return response.end('tiles')
      response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.problem))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tiles`, close: () => server.close() }
}

type Begun = { environment?: Record<string, string>; input?: string }
const main = resolve(import.meta.dirname, 'main.ts')

/** The program as a shell starts it, with none of our own variables. */
function begin(words: string[], { environment = {}, input }: Begun = {}) {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [main, ...words], { env: { PATH, ...environment } })
  child.stdin.end(input)
  const ended = new Promise<number | null>((end) => child.once('close', end))
  const [out, err] = [text(child.stdout), text(child.stderr)]
  return { child, end: async () => ({ code: await ended, out: await out, err: await err }) }
}

const fix402 = (words: string[], begun?: Begun) => begin(words, begun).end()

async function refusal(account = stay.account) {
  const response = await fetch(app.url, { headers: { 'x-account': account } })
  const body = await response.text()
  const lines = [...response.headers].map((header) => header.join(': '))
  const problem = JSON.parse(body) as { fix: { code: string; url: string }; poll: { url: string } }
  return { body, problem, curl: [`HTTP/1.1 ${response.status} Payment Required`, ...lines, '', body].join('\r\n') }
}

test('a refusal is told in a few lines: what, who, and where to go', async () => {
  const { body, problem } = await refusal()
  const { code, out } = await fix402(['402', '-'], { input: body })
  expect(code).toBe(exitCodes.refused)
  const [head, who, open] = out.split('\n')
  expect(head).toMatch(/^402 The last payment was declined/)
  expect(who).toBe('Somebody who manages billing for this account can settle it.')
  expect(open).toBe(`Open ${portal.config.origin}/r/${problem.fix.code}  (code ${problem.fix.code})`)
  expect(out).toContain(new URL(portal.config.origin).host)
})

test('it reads what `curl -i` prints, and asks an address by itself with the headers it is given', async () => {
  const { curl } = await refusal()
  const proxied = `HTTP/1.1 200 Connection established\r\n\r\n${curl}`
  const header = ['-H', `X-Account: ${stay.account}`]
  for (const told of [await fix402(['402', '-'], { input: proxied }), await fix402(['402', app.url, ...header])]) {
    expect(told).toMatchObject({ code: exitCodes.refused, out: expect.stringContaining('payment was declined') })
  }
})

test('with --json it says the same in one line', async () => {
  const { body, problem } = await refusal()
  const { code, out } = await fix402(['402', '-', '--json'], { input: body })
  expect(out.trimEnd().split('\n')).toHaveLength(1)
  expect(JSON.parse(out)).toMatchObject({
    result: 'refused',
    exit: code,
    reason: 'card_declined',
    who: 'billing_admin',
    retry: 'after_fix',
    url: problem.fix.url,
    code: problem.fix.code,
    poll: problem.poll.url,
    message: expect.stringContaining(`Open ${problem.fix.url}`),
  })
})

test('it waits until the account is settled, and an address that is served then is told as served', async () => {
  const other = await refusedStay()
  const { body } = await refusal(other.account)
  const waiting = begin(['402', '-', '--on-402=wait'], { input: body.replace('"interval":5', '"interval":1') })
  const begun = new Promise<void>((told) => void waiting.child.stderr.once('data', () => told()))
  await begun
  await healer.heal(other)
  const { code, out } = await waiting.end()
  expect([code, out]).toEqual([exitCodes.fine, expect.stringContaining('Settled. Repeat the refused request')])
  const served = await fix402(['402', app.url, '-H', `X-Account: ${other.account}`])
  expect(served).toMatchObject({ code: exitCodes.fine, out: 'Served: 200.\n' })
})

test('Ctrl-C ends the waiting at once and says so', async () => {
  const { body } = await refusal()
  const waiting = begin(['402', '-', '--on-402=wait'], { input: body })
  await new Promise<void>((told) => void waiting.child.stderr.once('data', () => told()))
  waiting.child.kill('SIGINT')
  expect(await waiting.end()).toMatchObject({
    code: exitCodes.interrupted,
    out: expect.stringContaining('No longer waiting'),
  })
})

test('nobody waits longer than they said, nor for what is over', async () => {
  const { body } = await refusal()
  const wait = ['402', '-', '--on-402=wait', '--timeout=0']
  expect(await fix402(wait, { input: body })).toMatchObject({ code: exitCodes.refused })
  const gone = body.replaceAll(/chk_[\w-]{22}/g, 'chk_0123456789abcdefABCDEF')
  expect(await fix402(wait, { input: gone })).toMatchObject({ code: exitCodes.over })
})

test.each([
  ['GITHUB_ACTIONS', /^::warning title=The last payment was declined::402 .*\/r\/\w{4}-\w{4} {2}\(code/m],
  ['GITLAB_CI', /^WARNING: 402 .*\/r\/\w{4}-\w{4} {2}\(code/m],
  ['CI', /^WARNING: 402 .*\/r\/\w{4}-\w{4} {2}\(code/m],
])('in a build (%s) it leaves a note with the link, and --on-402=warn lets the build go on', async (name, note) => {
  const { body } = await refusal()
  const { code, out } = await fix402(['402', '-', '--on-402=warn'], { input: body, environment: { [name]: 'true' } })
  expect(code).toBe(exitCodes.fine)
  expect(out).toMatch(note)
  expect(out).not.toContain('\u001B')
  const failed = await fix402(['402', '-'], { input: body, environment: { [name]: 'true' } })
  expect(failed).toMatchObject({ code: exitCodes.refused, out: expect.stringMatching(/^(::error title=|ERROR: )/) })
})

const evil = {
  title: '::add-mask::\u001B[2J\u001B]8;;https://evil.example\u0007Pay\u001B]8;;\u0007 ##[add-mask]',
  detail: 'one\r\n::error::two\u0000\u009B31m\u202Egpj.exe, 100%',
  status: 402,
  reason: 'card_declined',
  fix: {
    url: 'https://billing.example.com/r/7KQ2-M4XD\u001B[0m',
    code: '\u001B[31m7KQ2',
    label: '\u0007Pay',
    who: 'x',
  },
  poll: { url: 'https://elsewhere.example/v1/checks/1', interval: 5 },
}

test.each([
  ['on a terminal', {}, []],
  ['for programs', {}, ['--json']],
  ['in a build', { GITHUB_ACTIONS: 'true' }, []],
])(
  'nothing in a refusal can move the cursor, hide text or command a build service, %s',
  async (_, environment, more) => {
    const { out } = await fix402(['402', '-', ...more], { input: JSON.stringify(evil), environment })
    expect(out).toContain('Pay')
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(out).not.toMatch(/##\[|^::(?!error title=)/m)
  },
)

test("what GitHub's log reads as its own signs is escaped", async () => {
  const { out } = await fix402(['402', '-'], { input: JSON.stringify(evil), environment: { GITHUB_ACTIONS: 'true' } })
  expect(out.split('\n')[0]).toContain('title=%3A%3Aadd-mask%3A%3APay')
  expect(out.split('\n')[0]).toContain('gpj.exe, 100%25')
})

test.each([
  'javascript:alert(1)',
  'http://billing.example.com/r/7KQ2-M4XD',
  'https://billing.example.com@evil.example/',
  'file:///etc/passwd',
])('an address that nobody should open is not shown: %s', async (url) => {
  const { code, out } = await fix402(['402', '-'], { input: JSON.stringify({ ...evil, fix: { ...evil.fix, url } }) })
  expect(code).toBe(exitCodes.refused)
  expect(out).toContain('not safe to open')
  expect(out).not.toContain(url)
})

test('a portal is asked at its own address only', async () => {
  const { code, err } = await fix402(['402', '-', '--on-402=wait'], { input: JSON.stringify(evil) })
  expect([code, err]).toEqual([exitCodes.refused, expect.stringContaining('nothing to wait for')])
})

test.each([
  ['no file', ['402', 'no-such-file.json'], undefined, exitCodes.unreadable],
  ['an empty input', ['402', '-'], '', exitCodes.unreadable],
  ['an address that nobody answers', ['402', 'http://127.0.0.1:9/'], undefined, exitCodes.unreadable],
  ["another vendor's refusal", ['402', '-'], '{"error":{"code":"insufficient_quota"}}', exitCodes.foreign],
  ['a page', ['402', '-'], '<!doctype html><title>402</title>', exitCodes.foreign],
  ['no command', ['404', 'x'], undefined, exitCodes.usage],
  ['an option that does not exist', ['402', '-', '--force'], '', exitCodes.usage],
  ['no such way to take a 402', ['402', '-', '--on-402=ignore'], '', exitCodes.usage],
] as const)('%s has an exit code of its own', async (_, words, input, expected) => {
  const { code, out, err } = await fix402([...words], input === undefined ? {} : { input })
  expect(code).toBe(expected)
  expect(out + err).not.toBe('')
})

test("the secret of an app's webhooks is made from its key", async () => {
  const made = await fix402(['webhook-secret'], { environment: { FIX402_KEY: 'fix402_test_maps' } })
  expect(made).toMatchObject({ code: exitCodes.fine, out: expect.stringMatching(/^whsec_[\w+/]{43}=\n$/) })
  expect((await fix402(['webhook-secret'])).code).toBe(exitCodes.usage)
})

test('what another vendor refuses with is asked of the portal, in its own key only', async () => {
  const answer = 'HTTP/1.1 402 Payment Required\r\nSet-Cookie: a=b\r\n\r\n{"error":{"message":"Insufficient Balance"}}'
  const ask = ['402', '-', '--portal', portal.config.origin]
  const known = await fix402(ask, { input: answer, environment: { FIX402_KEY: appKey } })
  expect(known).toMatchObject({ code: exitCodes.foreign, out: expect.stringContaining('It means credits_exhausted') })
  expect(known.out).toContain(`Open ${portal.config.origin}/fix?app=app_maps&reason=credits_exhausted`)
  const quota = '{"error":{"type":"insufficient_quota","code":"insufficient_quota"}}'
  const unsure = await fix402(ask, { input: quota, environment: { FIX402_KEY: appKey } })
  expect(unsure).toMatchObject({ code: exitCodes.foreign, out: expect.stringMatching(/can mean \w+ or \w+/) })
  expect((await fix402(ask, { input: quota })).out).toContain('Set FIX402_KEY')
  expect((await fix402(ask, { input: quota, environment: { FIX402_KEY: 'wrong' } })).out).toContain('answered 401')
})
