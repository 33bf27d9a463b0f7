// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest'
import type { Outcome } from '#contract/deed.ts'
import { createQueryClient } from '#portal/query-client.ts'
import { check, inOrder, problem, visitOf } from '#portal/stage.tsx'
import { isUnsettled } from './attempt.ts'
import { payDeed } from './deeds.ts'
import { visitQuery } from './visit.ts'

const wish = { with: { method: 'pm_visa' }, plan: { invoices: ['in_1'], total: { amount: 49_00, currency: 'eur' } } }
const answered = (outcome: Outcome): readonly [number, unknown] => [200, { outcome, visit: visitOf(inOrder) }]
const declined = answered({ kind: 'declined', decline: 'funds', sameCardCanWork: true })

/** Clicks "Pay" once for each answer; answers the Idempotency-Keys that went out. */
async function pay(...answers: (readonly [number, unknown] | 'lost')[]) {
  const client = createQueryClient()
  const keys: string[] = []
  globalThis.fetch = (_, init) => {
    keys.push(new Headers(init?.headers).get('idempotency-key') ?? '')
    const answer = answers[keys.length - 1] ?? 'lost'
    return answer === 'lost'
      ? Promise.reject(new TypeError('the connection broke'))
      : Promise.resolve(Response.json(answer[1], { status: answer[0] }))
  }
  for (const _ of answers) {
    await client
      .getMutationCache()
      .build(client, payDeed(client, 'pay-invoice', check))
      .execute(wish)
      .catch(() => {})
  }
  return { client, keys }
}

beforeEach(() => sessionStorage.clear())

test('a click after a lost connection is the same payment, not a second one', async () => {
  const { keys } = await pay('lost', answered({ kind: 'done' }))
  expect(keys[0]).toBe(keys[1])
  expect(keys[0]).toMatch(/^[\da-f-]{36}$/)
})

test("a click after a server's fault is the same payment", async () => {
  const { keys } = await pay(problem(500, 'internal'), answered({ kind: 'done' }))
  expect(keys[0]).toBe(keys[1])
})

test('while nobody knows the outcome the payment keeps its name and the visit is read again', async () => {
  const { keys } = await pay(answered({ kind: 'unknown' }), answered({ kind: 'unknown' }))
  expect(keys[0]).toBe(keys[1])
  expect(isUnsettled(check)).toBe(true)
})

test('after a decline the next click is a new payment', async () => {
  const { keys } = await pay(declined, answered({ kind: 'done' }))
  expect(keys[0]).not.toBe(keys[1])
})

test('a known outcome settles an unknown one', async () => {
  await pay(answered({ kind: 'unknown' }), answered({ kind: 'done' }))
  expect(isUnsettled(check)).toBe(false)
})

test('a name that already belongs to another request is given up', async () => {
  const { keys } = await pay('lost', problem(409, 'key-reused'), answered({ kind: 'done' }))
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[1])
})

test('a payment that is still being made keeps its name', async () => {
  const { keys } = await pay(problem(409, 'in-progress'), answered({ kind: 'done' }))
  expect(keys[0]).toBe(keys[1])
})

test('the fresh visit of an answer is what every screen knows from then on', async () => {
  const { client } = await pay(answered({ kind: 'done' }))
  expect(client.getQueryData(visitQuery(check).queryKey)).toEqual(visitOf(inOrder))
})
