import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

export type ServedFile = { status: number; headers: Record<string, string>; body: string }

const fileIn = (name: string) => fileURLToPath(new URL(`./browser/${name}`, import.meta.url))

const FRAME_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ')

const JAVASCRIPT = { 'Content-Type': 'text/javascript; charset=utf-8', 'Cross-Origin-Resource-Policy': 'cross-origin' }

type Served = { headers: Record<string, string>; body: () => Promise<string> }

/** One classic script, everything inlined: a merchant loads it with a plain <script src async>. */
async function bundle(entry: string): Promise<string> {
  const { build } = await import('vite')
  const result = await build({
    root: fileURLToPath(new URL('./browser', import.meta.url)),
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: fileIn(entry), formats: ['iife'], name: 'StripeSandbox', fileName: 'bundle' },
    },
  })
  const [output] = [result].flat()
  const code = output !== undefined && 'output' in output ? output.output[0].code : undefined
  if (code === undefined) throw new Error(`Vite built nothing from ${entry}.`)
  return code
}

const once = (make: () => Promise<string>): (() => Promise<string>) => {
  let made: Promise<string> | undefined
  return () => (made ??= make())
}

const FILES: Record<string, Served> = {
  '/endive/stripe.js': { headers: JAVASCRIPT, body: once(() => bundle('stripe.ts')) },
  '/stripe-js/frame.js': { headers: JAVASCRIPT, body: once(() => bundle('frame.ts')) },
  '/stripe-js/frame.css': {
    headers: { 'Content-Type': 'text/css; charset=utf-8' },
    body: once(() => readFile(fileIn('frame.css'), 'utf8')),
  },
  '/stripe-js/frame.html': {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': FRAME_POLICY,
      'Referrer-Policy': 'no-referrer',
    },
    body: once(() => readFile(fileIn('frame.html'), 'utf8')),
  },
}

/**
 * Answers the sandbox's Stripe.js files, `path` with or without a query; undefined for a path that is none of them.
 * The scripts are bundled in memory at the first request and kept.
 */
export async function serveStripeJs(path: string): Promise<ServedFile | undefined> {
  const file = FILES[path.split('?', 1)[0] ?? '']
  if (file === undefined) return undefined
  return {
    status: 200,
    headers: { ...file.headers, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' },
    body: await file.body(),
  }
}
