import type { Visit } from '#contract/visit.ts'
import type { Stripe } from '@stripe/stripe-js'
import { loadStripe } from '@stripe/stripe-js/pure/index.js'

/** After this a person is told that something keeps Stripe.js away, in milliseconds. */
const PATIENCE_MS = 10_000
const STRIPE_ORIGIN = 'https://js.stripe.com/'

let memo: { readonly key: string; readonly loading: Promise<Stripe> } | undefined

/**
 * Stripe.js for this merchant, loaded once. Rejects when the script is blocked, unreachable or slower than ten seconds;
 * calling again then tries again. Stripe wants the script from its own origin and never bundled
 * (https://docs.stripe.com/js); only a test key may name another one, the sandbox's.
 */
export function loadStripeJs(stripe: Visit['stripe']): Promise<Stripe> {
  const key = `${stripe.publishableKey} ${stripe.script}`
  if (memo?.key === key) return memo.loading
  const loading = inTime(load(stripe))
  memo = { key, loading }
  loading.catch(() => {
    if (memo?.loading === loading) memo = undefined
  })
  return loading
}

async function load({ publishableKey, script }: Visit['stripe']): Promise<Stripe> {
  if (!script.startsWith(STRIPE_ORIGIN)) {
    if (!publishableKey.startsWith('pk_test_')) throw new Error('A live key takes Stripe.js from Stripe alone.')
    await append(script)
  }
  const stripe = await loadStripe(publishableKey)
  if (!stripe) throw new Error('Stripe.js needs a browser.')
  return stripe
}

function append(src: string): Promise<void> {
  if (window.Stripe) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.async = true
    script.src = src
    script.addEventListener('load', () => {
      resolve()
    })
    script.addEventListener('error', () => {
      script.remove()
      reject(new Error(`Stripe.js did not come from ${src}`))
    })
    document.head.append(script)
  })
}

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`Stripe.js took longer than ${PATIENCE_MS} ms`))
    }, PATIENCE_MS)
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer)
    })
  })
}
