import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idOf, openBench, type Bench } from './test-bench.ts'

type Heard = { body: string; signature: string }

const heard: Heard[] = []
let answerWith = 200
const ear = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    heard.push({ body: Buffer.concat(chunks).toString(), signature: String(request.headers['stripe-signature']) })
    response.writeHead(answerWith).end()
  })
})

let bench: Bench
let secret = ''
beforeAll(async () => {
  bench = await openBench()
  await new Promise<void>((resolve) => ear.listen(0, '127.0.0.1', resolve))
  const { port } = ear.address() as AddressInfo
  const endpoint = await bench.stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${port}/hook`,
    enabled_events: ['customer.created', 'customer.updated'],
    api_version: '2026-10-28.endive',
  })
  secret = String(endpoint.secret)
})
beforeEach(async () => {
  heard.length = 0
  answerWith = 200
  await bench.lever('POST', 'webhooks', { delay_ms: [0, 5], twice: false, shuffle: false, hold: false, drop: 0 })
})
afterAll(async () => {
  await bench.close()
  ear.close()
})

const verified = ({ body, signature }: Heard): Stripe.Event =>
  bench.stripe.webhooks.constructEvent(body, signature, secret)
const count = () => heard.length
const events = () => heard.map(verified)

describe('a webhook', () => {
  it('comes after the answer, signed, with what changed', async () => {
    const { id } = await bench.stripe.customers.create({ name: 'Before', address: { city: 'Bonn', country: 'DE' } })
    await bench.stripe.customers.update(id, { name: 'After', address: { city: 'Berlin', country: 'DE' } })
    await expect.poll(count).toBe(2)
    const updated = events().find((event) => event.type === 'customer.updated')!
    expect(updated.data.previous_attributes).toEqual({ name: 'Before', address: { city: 'Bonn' } })
    expect(updated).toMatchObject({ api_version: '2026-10-28.endive', data: { object: { id, name: 'After' } } })
    expect(updated.request?.id).toMatch(/^req_/)
    const [first] = heard
    expect(() => bench.stripe.webhooks.constructEvent(`${first!.body} `, first!.signature, secret)).toThrow('signature')
  })

  it('is not sent for a change that changes nothing', async () => {
    const { id } = await bench.stripe.customers.create({ name: 'Same' })
    await bench.stripe.customers.update(id, { name: 'Same' })
    await bench.stripe.customers.update(id, { name: 'Other' })
    await expect.poll(count).toBe(2)
    expect(
      events()
        .map((event) => event.type)
        .toSorted(),
    ).toEqual(['customer.created', 'customer.updated'])
  })

  it('counts down how many still wait for it', async () => {
    const { id } = await bench.stripe.customers.create()
    await expect
      .poll(async () => {
        const { data } = await bench.stripe.events.list({ type: 'customer.created', limit: 1 })
        return data.map((event) => [event.pending_webhooks, idOf(event.data.object as { id: string })])
      })
      .toEqual([[0, id]])
  })

  it('can come twice', async () => {
    await bench.lever('POST', 'webhooks', { twice: true })
    await bench.stripe.customers.create()
    await expect.poll(count).toBe(2)
    expect(new Set(events().map((event) => event.id)).size).toBe(1)
  })

  it('can come in the wrong order', async () => {
    await bench.lever('POST', 'webhooks', { shuffle: true, hold: true })
    const { id } = await bench.stripe.customers.create({ name: '1' })
    await bench.stripe.customers.update(id, { name: '2' })
    expect(await bench.lever('POST', 'webhooks/release')).toEqual({ released: 2 })
    await expect.poll(count).toBe(2)
    expect(events().map((event) => event.type)).toEqual(['customer.updated', 'customer.created'])
  })

  it('can be held back and let go', async () => {
    await bench.lever('POST', 'webhooks', { hold: true })
    await bench.stripe.customers.create()
    const { deliveries } = (await bench.lever('GET', 'webhooks')) as { deliveries: { status: string }[] }
    expect([deliveries.at(-1)?.status, heard.length]).toEqual(['held', 0])
    await bench.lever('POST', 'webhooks/release')
    await expect.poll(count).toBe(1)
  })

  it('can get lost, and is still in the list of events', async () => {
    await bench.lever('POST', 'webhooks', { drop: 1 })
    const lost = await bench.stripe.customers.create()
    await expect
      .poll(async () => {
        const { deliveries } = (await bench.lever('GET', 'webhooks')) as { deliveries: { status: string }[] }
        return deliveries.at(-1)?.status
      })
      .toBe('dropped')
    const { data } = await bench.stripe.events.list({ type: 'customer.created', limit: 1 })
    expect(data[0]?.data.object).toMatchObject({ id: lost.id })
  })

  it('is sent again when the answer was not 2xx, freshly signed', async () => {
    answerWith = 500
    await bench.stripe.customers.create()
    await expect.poll(count).toBe(1)
    answerWith = 200
    await expect.poll(count, { timeout: 6000 }).toBe(2)
    expect(heard[0]?.body).toBe(heard[1]?.body)
    expect(heard[0]?.signature).not.toBe(heard[1]?.signature)
  })
})
