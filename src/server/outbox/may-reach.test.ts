import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { mayReach, reachOf, type Reach } from './may-reach.ts'
import { postJson, type Resolve } from './post.ts'

const table: Record<Reach, readonly string[]> = {
  public: [
    '1.1.1.1',
    '93.184.216.34',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.1.1',
    '2606:4700:4700::1111',
    '2a00:1450::1',
    '::ffff:1.1.1.1',
  ],
  private: [
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '100.64.0.1',
    '198.18.0.1',
    'fc00::1',
    'fd12:3456::1',
    '::ffff:10.0.0.1',
    '::ffff:c0a8:0101',
    '0:0:0:0:0:ffff:192.168.0.1',
  ],
  loopback: ['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '0:0:0:0:0:0:0:1'],
  never: [
    '0.0.0.0',
    '0.1.2.3',
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    '192.0.0.192',
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.9',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    'fe80::1',
    'fe80::1%eth0',
    'febf::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '::7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::10.0.0.1',
    '2002:7f00:1::',
    '2001:0:53aa:64c::',
    '2001:db8::1',
    '100::1',
    '4000::1',
    'localhost',
    '',
    '1.2.3',
    '0x7f000001',
  ],
}
const rows = Object.entries(table).flatMap(([reach, addresses]) =>
  addresses.map((address) => [address, reach] as const),
)

test.each(rows)('%s is %s', (address, reach) => {
  expect(reachOf(address)).toBe(reach)
})

test('public addresses by https only; private ones and this machine where it is allowed; the rest never', () => {
  const nothing = { loopback: false, private: false }
  const all = { loopback: true, private: true }
  for (const [address, reach] of rows) {
    expect([address, mayReach(address, true, nothing)]).toEqual([address, reach === 'public'])
    expect([address, mayReach(address, false, nothing)]).toEqual([address, false])
    expect([address, mayReach(address, true, all)]).toEqual([address, reach !== 'never'])
    expect([address, mayReach(address, false, all)]).toEqual([address, reach === 'private' || reach === 'loopback'])
  }
})

const sent = { headers: {}, body: '{}' }
const away = { loopback: false, private: false }
const here = { loopback: true, private: false }

test.each([
  'http://127.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://017700000001/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://localhost/',
  'https://169.254.169.254/latest/meta-data/',
  'https://[fd00:ec2::254]/',
])('%s is not asked, however it is written', async (url) => {
  expect(await postJson(away, url, sent)).toMatchObject({ error: 'address_not_allowed' })
})

test('a name is refused when any of its addresses is not allowed', async () => {
  const mixed: Resolve = async () => [
    { address: '1.1.1.1', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ]
  expect(await postJson(away, 'https://maps.example/', sent, mixed)).toMatchObject({ error: 'address_not_allowed' })
  expect(await postJson(away, 'https://maps.example/', sent, async () => [])).toMatchObject({
    error: 'address_not_allowed',
  })
})

test('a name is asked for once, and the connection goes to what was judged: it cannot answer otherwise in between', async () => {
  const hosts: unknown[] = []
  const server = createServer((request, response) => {
    hosts.push(request.headers.host)
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host = `no-such-name.example:${(server.address() as AddressInfo).port}`
  let asked = 0
  const rebinding: Resolve = async () => {
    asked += 1
    return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
  }
  expect(await postJson(here, `http://${host}/`, sent, rebinding)).toMatchObject({ status: 204 })
  expect([asked, hosts]).toEqual([1, [host]])
  server.close()
})

test('a name that nobody knows is an outcome with its code', async () => {
  const outcome = await postJson(away, 'https://nowhere.invalid/', sent)
  expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(outcome.error)
  expect(outcome.status).toBeUndefined()
})
