import { Script } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { serveStripeJs } from './serve.ts'

const at = async (path: string) => {
  const served = await serveStripeJs(path)
  expect(served?.status).toBe(200)
  return {
    type: served?.headers['Content-Type'],
    policy: served?.headers['Content-Security-Policy'],
    body: served?.body,
  }
}

describe("the sandbox's Stripe.js files", () => {
  test('the script is a classic one that a plain script element can run', async () => {
    const { type, body } = await at('/endive/stripe.js?advancedFraudSignals=false')
    expect(type).toBe('text/javascript; charset=utf-8')
    expect(() => new Script(body ?? '')).not.toThrow()
    expect(body).not.toMatch(/^\s*(import|export)\b/m)
  })

  test('the script on the merchant page holds neither card rules nor a way to call the API', async () => {
    const { body } = await at('/endive/stripe.js')
    expect(body).not.toMatch(/Luhn|\bfetch\(|XMLHttpRequest|sendBeacon/)
  })

  test('the frame has nothing inline, and may talk to nobody but the sandbox', async () => {
    const { type, policy, body } = await at('/stripe-js/frame.html')
    expect(type).toBe('text/html; charset=utf-8')
    expect(body).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\son\w+=/)
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    expect(policy).toContain('frame-ancestors *')
  })

  test('everything the frame asks for is served', async () => {
    const { body } = await at('/stripe-js/frame.html')
    const asked = Array.from((body ?? '').matchAll(/(?:href|src)="([^"]+)"/g), ([, path]) => path ?? '')
    expect(asked).toHaveLength(2)
    for (const path of asked) await at(path)
  })

  test('any other path is left to the API', async () => {
    for (const path of ['/', '/v1/setup_intents', '/stripe-js/', '/stripe-js/words.ts', '/endive']) {
      expect(await serveStripeJs(path)).toBeUndefined()
    }
  })
})
