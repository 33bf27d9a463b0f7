import { createHash, createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { verifyWebhook, webhookSecret } from './webhooks.ts'

const body = '{"type":"access.restored","timestamp":"2026-11-29T12:00:00Z","data":{"account":"acct_1","name":"Zoë"}}'
const sent = 1_795_953_600
const now = sent * 1_000

/** Signed by the reference library, not by the code under test. */
async function signed(content = body, { key = 'fix402_test_maps', at = sent, id = 'evt_1' } = {}) {
  const signature = new Webhook(await webhookSecret(key)).sign(id, new Date(at * 1_000), content)
  return { 'webhook-id': id, 'webhook-timestamp': String(at), 'webhook-signature': signature }
}

const key = 'fix402_test_maps'

test('what the portal signed is believed, and its id is told', async () => {
  const verified = await verifyWebhook({ headers: await signed(), body, key, now })
  expect(verified).toEqual({
    genuine: true,
    event: {
      id: 'evt_1',
      type: 'access.restored',
      timestamp: '2026-11-29T12:00:00Z',
      data: { account: 'acct_1', name: 'Zoë' },
    },
  })
})

test('headers and body are taken as any server has them', async () => {
  const plain = await signed()
  const shouted = Object.fromEntries(Object.entries(plain).map(([name, value]) => [name.toUpperCase(), [value]]))
  for (const headers of [plain, shouted, new Headers(plain)]) {
    const verified = await verifyWebhook({ headers, body: new TextEncoder().encode(body), key, now })
    expect(verified.genuine).toBe(true)
  }
})

test('the secret for other languages is made from the key as the documents say', async () => {
  const digest = createHash('sha256').update(key).digest()
  const made = createHmac('sha256', digest).update('fix402 webhook').digest('base64')
  expect(await webhookSecret(key)).toBe(`whsec_${made}`)
})

test('while a key is being changed, both the old and the new one verify', async () => {
  const [old, young] = [await signed(), await signed(body, { key: 'fix402_test_next' })]
  const both = {
    ...old,
    'webhook-signature': `v1a,AAAA v1,!!! ${young['webhook-signature']} ${old['webhook-signature']}`,
  }
  for (const one of [key, 'fix402_test_next']) {
    expect((await verifyWebhook({ headers: both, body, key: one, now })).genuine).toBe(true)
  }
  expect((await verifyWebhook({ headers: young, body, key: [key, 'fix402_test_next'], now })).genuine).toBe(true)
})

test.each([
  [
    'another body',
    async () => ({ headers: await signed(), body: body.replace('acct_1', 'acct_2') }),
    'wrong_signature',
  ],
  ['another key', async () => ({ headers: await signed(body, { key: 'fix402_test_evil' }) }), 'wrong_signature'],
  ['another id', async () => ({ headers: { ...(await signed()), 'webhook-id': 'evt_2' } }), 'wrong_signature'],
  ['only a signature of another kind', async () => ({ headers: v1a(await signed()) }), 'wrong_signature'],
  ['no headers', async () => ({ headers: {} }), 'unsigned'],
  ['a time that is none', async () => ({ headers: { ...(await signed()), 'webhook-timestamp': 'now' } }), 'unsigned'],
  ['a message of long ago', async () => ({ headers: await signed(body, { at: sent - 301 }) }), 'too_old'],
  ['a message of the future', async () => ({ headers: await signed(body, { at: sent + 301 }) }), 'too_new'],
  ['something that is not JSON', async () => ({ headers: await signed('hello'), body: 'hello' }), 'not_an_event'],
  ['JSON that is no event', async () => ({ headers: await signed('{"type":1}'), body: '{"type":1}' }), 'not_an_event'],
])('%s is not believed', async (_, request, why) => {
  expect(await verifyWebhook({ body, key, now, ...(await request()) })).toEqual({ genuine: false, why })
})

test('five minutes either way are not held against a clock', async () => {
  for (const at of [sent - 300, sent + 300]) {
    expect((await verifyWebhook({ headers: await signed(body, { at }), body, key, now })).genuine).toBe(true)
  }
})

function v1a(headers: Awaited<ReturnType<typeof signed>>) {
  return { ...headers, 'webhook-signature': headers['webhook-signature'].replace('v1,', 'v1a,') }
}
