import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import Stripe from 'stripe'
import { build } from 'vite'
import { createSandbox } from '#sandbox/stripe/sandbox.ts'
import type { AddressInfo } from 'node:net'

/** The strictest policy a merchant can have: nothing inline, no connection anywhere but home. */
const policyFor = (sandbox: string) =>
  [
    "default-src 'none'",
    `script-src 'self' ${sandbox}`,
    "style-src 'self'",
    `frame-src ${sandbox}`,
    "connect-src 'self'",
    "img-src 'self' data:",
  ].join('; ')

const HTML = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Merchant</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/page.css"></head><body><div id="root"></div><script src="/page.js"></script></body></html>`

const CSS = `body { margin: 0; padding: 48px 16px; font: 15px/1.5 system-ui; background: oklch(0.985 0.003 80) }
main { max-width: 28rem; margin: auto }
button { font: inherit; margin: 16px 8px 0 0 }`

async function bundlePage(): Promise<string> {
  const result = await build({
    root: fileURLToPath(new URL('.', import.meta.url)),
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"development"' },
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('./stripe-js-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'page',
        fileName: 'page',
      },
    },
  })
  const [output] = [result].flat()
  if (output === undefined || !('output' in output)) throw new Error('Vite built no page.')
  return output.output[0].code
}

export type Site = {
  origin: string
  /** Where the sandbox's Stripe and its Stripe.js answer: another origin than the merchant's. */
  sandbox: string
  stripe: Stripe
  close: () => Promise<void>
}

/** A merchant on an origin of its own: a page with react-stripe-js, and a server with the secret key. */
export async function openSite(): Promise<Site> {
  const page = await bundlePage()
  const running = await createSandbox()
  const sandbox = await running.listen(0)
  const stripe = new Stripe('sk_test_sandbox', {
    host: 'localhost',
    port: Number(new URL(sandbox).port),
    protocol: 'http',
    maxNetworkRetries: 0,
  })
  const deeds: Record<string, () => Promise<{ client_secret: string | null }>> = {
    '/setup-intents': async () => stripe.setupIntents.create({ usage: 'off_session' }),
    '/payment-intents': async () =>
      stripe.paymentIntents.create({ amount: 4900, currency: 'eur', setup_future_usage: 'off_session' }),
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://merchant')
    const send = (type: string, body: string) => {
      response.writeHead(200, {
        'Content-Type': `${type}; charset=utf-8`,
        'Content-Security-Policy': policyFor(sandbox),
      })
      response.end(body)
    }
    const deed = deeds[pathname]
    if (deed !== undefined) {
      void deed().then(({ client_secret }) => send('application/json', JSON.stringify({ client_secret })))
    } else if (pathname === '/page.js') send('text/javascript', page)
    else if (pathname === '/page.css') send('text/css', CSS)
    else if (pathname === '/thanks') send('text/html', '<!doctype html><title>Thanks</title>')
    else send('text/html', HTML)
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  // A TCP server's address is an object; only a pipe's is a string.
  const { port: own } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${own}`,
    sandbox,
    stripe,
    async close() {
      server.closeAllConnections()
      server.close()
      await running.close()
    },
  }
}
