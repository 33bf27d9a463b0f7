import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export const check = 'chk_0123456789abcdefABCDEF'

export type TestPortal = {
  readonly url: string
  /** The reason for which everybody is refused; undefined: nobody is. */
  blocked: string | undefined
  warnings: readonly object[]
  /** Seconds for which an app may use a yes again. */
  maxAge: number
  /** What checks were asked. */
  asked: Record<string, unknown>[]
  close(): void
}

/** A portal that says what a test wants it to say, over HTTP. */
export async function openTestPortal(): Promise<TestPortal> {
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      portal.asked.push(JSON.parse(body) as Record<string, unknown>)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer()))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const portal: TestPortal = {
    url,
    blocked: undefined,
    warnings: [],
    maxAge: 0,
    asked: [],
    close: () => void server.close(),
  }

  function answer() {
    if (portal.blocked === undefined) {
      const { warnings, maxAge } = portal
      return { allowed: true, cache: { max_age: maxAge }, ...(warnings.length > 0 && { warnings }) }
    }
    return {
      allowed: false,
      status: 402,
      headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', link: '<x>; rel="payment"' },
      problem: {
        title: 'The last payment was declined',
        status: 402,
        reason: portal.blocked,
        scope: 'account',
        account: { id: 'acct_1', label: 'Acme GmbH' },
        fix: { url: `${url}/fix?check=${check}`, label: 'Update card' },
        poll: { url: `${url}/v1/checks/${check}`, interval: 5 },
      },
      browser: { location: `${url}/fix#t=from-the-portal` },
      cache: { max_age: 0 },
    }
  }
  return portal
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
