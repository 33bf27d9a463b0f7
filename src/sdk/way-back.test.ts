import { createHash, createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFix402 } from './fix402.ts'

const check = 'chk_0123456789abcdefABCDEF'
const start = 1_795_348_800
let portal = ''
let asked: Record<string, unknown>[] = []

/** A portal that has no objection. */
const server = createServer((request, response) => {
  let text = ''
  request.on('data', (chunk) => (text += String(chunk)))
  request.on('end', () => {
    asked.push(JSON.parse(text))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ allowed: true, cache: { max_age: 30 } }))
  })
})

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  portal = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close())
beforeEach(() => {
  asked = []
})

const now = () => start * 1_000
const who = (request: Request) =>
  request.headers.get('cookie')?.includes('signed-in') ? { account: 'acct_1', actor: 'anna' } : undefined
const app = () => createFix402({ portal, appId: 'app_maps', key: 'secret', timeout: 5_000, now, who })

function visit(path: string, headers: Record<string, string> = {}) {
  return new Request(`https://maps.example${path}`, { headers })
}

/** A JWS read and checked with another implementation than the one under test. */
function openJws(token: string) {
  const [header = '', claims = '', signature = ''] = token.split('.')
  const key = createHash('sha256').update('secret').digest()
  const genuine = createHmac('sha256', key).update(`${header}.${claims}`).digest('base64url') === signature
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  return { genuine, kid: key.toString('hex').slice(0, 8), header: decode(header), claims: decode(claims) }
}

function receipt(differs: Record<string, unknown> = {}, key = 'secret') {
  const claims = { iss: portal, aud: 'app_maps', sub: 'acct_1', chk: check, res: 'fixed', iat: start, exp: start + 300 }
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const text = `${encode({ alg: 'HS256', typ: 'receipt+jwt' })}.${encode({ ...claims, ...differs })}`
  return `${text}.${createHmac('sha256', createHash('sha256').update(key).digest()).update(text).digest('base64url')}`
}

function back(result: string, rest = '') {
  return `/maps/berlin?zoom=3&billing_check=${check}&billing_result=${result}&state=st-1${rest}`
}

test('a ticket is signed by the book and lives for five minutes', async () => {
  const link = await app().ticket({
    account: 'acct_1',
    actor: 'anna',
    state: 'st-1',
    role: 'owner',
    check,
    returnTo: 'https://maps.example/',
  })
  const { genuine, kid, header, claims } = openJws(link.slice(`${portal}/fix#t=`.length))
  expect(genuine).toBe(true)
  expect(header).toEqual({ alg: 'HS256', typ: 'fix+jwt', kid })
  expect(claims).toMatchObject({ iss: 'app_maps', aud: portal, sub: 'acct_1', act: 'anna', rol: 'owner', chk: check })
  expect(claims).toMatchObject({ ret: 'https://maps.example/', st: 'st-1', iat: start, exp: start + 300 })
  expect(claims.jti.length).toBeGreaterThanOrEqual(16)
})

test("a single-page app's own address lets in who is signed in, and only back to that app", async () => {
  const fix402 = app()
  const inside = { cookie: 'signed-in=1' }
  const path = `/_billing/fix/${check}`
  const claimsFor = async (query: string) => {
    const sent = await fix402.fixRoute(visit(path + query, inside))
    return openJws(sent?.headers.get('location')?.split('#t=')[1] ?? '').claims
  }
  expect(await claimsFor('?return_to=/maps/rome')).toMatchObject({ chk: check, ret: 'https://maps.example/maps/rome' })
  expect(await claimsFor('?return_to=//evil.example/')).not.toHaveProperty('ret')
  const stranger = await fix402.fixRoute(visit(path))
  expect(stranger?.headers.get('location')).toBe(`${portal}/fix?app=app_maps&check=${check}`)
  expect(await fix402.fixRoute(visit('/maps/berlin', inside))).toBeUndefined()
})

test('who comes back is asked for anew and sent on to the clean address', async () => {
  const taken = await app().takeBack(visit(back('fixed', `&billing_receipt=${receipt()}`)), {
    account: 'acct_1',
    expectedState: 'st-1',
  })
  expect(taken).toMatchObject({ result: 'fixed', allowed: true, stateMatches: true, receiptIsGenuine: true })
  expect(taken?.response.status).toBe(303)
  expect(taken?.response.headers.get('location')).toBe('https://maps.example/maps/berlin?zoom=3')
  expect(asked).toMatchObject([{ fresh: true }])
})

test('an address that nobody came back to is left alone, even with a state of its own', async () => {
  expect(await app().takeBack(visit('/oauth?state=theirs'), { account: 'acct_1' })).toBeUndefined()
  expect(app().cleanUrl('https://maps.example/oauth?state=theirs')).toBe('https://maps.example/oauth?state=theirs')
})

test.each([
  ['of another key', () => receipt({}, 'other')],
  ['for another app', () => receipt({ aud: 'app_other' })],
  ['of another portal', () => receipt({ iss: 'https://elsewhere.example' })],
  ['of another account', () => receipt({ sub: 'acct_2' })],
  ['about another check', () => receipt({ chk: 'chk_other' })],
  ['that is over', () => receipt({ exp: start - 60 })],
  ['that is rubbish', () => 'rubbish'],
])('a receipt %s proves nothing', async (_, made) => {
  const taken = await app().takeBack(visit(back('fixed', `&billing_receipt=${made()}`)), { account: 'acct_1' })
  expect(taken?.receiptIsGenuine).toBe(false)
})

test('a state that this session did not give away is recognised', async () => {
  const taken = await app().takeBack(visit(back('fixed')), { account: 'acct_1', expectedState: 'st-2' })
  expect(taken?.stateMatches).toBe(false)
})
