import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customerWith, monthly, openBench } from './test-bench.ts'

const main = resolve(import.meta.dirname, '../main.ts')
let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sandbox-stripe-'))
})
afterAll(() => rm(dataDir, { recursive: true }))

describe('the sandbox', () => {
  it('keeps customers, subscriptions and remembered answers over a restart', async () => {
    const first = await openBench({ dataDir })
    const { customer } = await customerWith(first, 'pm_card_visa')
    const items = [{ price: await monthly(first) }]
    const made = await first.stripe.subscriptions.create({ customer, items }, { idempotencyKey: 'kept' })
    await first.close()
    const second = await openBench({ dataDir })
    const again = await second.stripe.subscriptions.create({ customer, items }, { idempotencyKey: 'kept' })
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true')
    const kept = await second.stripe.subscriptions.retrieve(made.id)
    expect([kept.status, kept.items.data[0]?.price.unit_amount]).toEqual(['active', 4900])
    expect((await second.stripe.charges.list({ customer })).data).toHaveLength(1)
    await second.lever('POST', 'reset')
    expect((await second.stripe.customers.list()).data).toEqual([])
    await second.close()
  })

  it('writes its state when it is told to stop', async () => {
    const env = { ...process.env, PORT: '0', DATA_DIR: dataDir }
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const line = await new Promise<string>((done) => child.stdout.once('data', (data: Buffer) => done(data.toString())))
    const origin = /http:\/\/localhost:\d+/.exec(line)?.[0]
    const headers = { authorization: 'Bearer sk_test_1' }
    await fetch(`${origin}/v1/customers`, { method: 'POST', headers, body: 'name=Stays' })
    const code = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    expect(await code).toBe(0)
    expect(await readFile(join(dataDir, 'sandbox/stripe.json'), 'utf8')).toContain('Stays')
  })

  it('says in one line that its port is taken', async () => {
    const bench = await openBench()
    const env = { ...process.env, PORT: new URL(bench.origin).port, DATA_DIR: dataDir }
    const outcome = await new Promise<{ code: unknown; text: string }>((done) => {
      execFile(process.execPath, [main], { env }, (error, _, text) => done({ code: error?.code, text }))
    })
    expect(outcome.code).toBe(1)
    expect(outcome.text.trim()).toMatch(/^Port \d+( or \d+)? is in use.*$/)
    await bench.close()
  })
})
