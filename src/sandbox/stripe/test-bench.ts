import { resolve } from 'node:path'
import Stripe from 'stripe'
import { createSandbox } from './sandbox.ts'

/** A sandbox on a free port with the unmodified SDK in front of it, for this folder's tests. */
export type Bench = {
  stripe: Stripe
  origin: string
  /** Pulls a lever below `/_sandbox/`. */
  lever: (method: string, path: string, body?: unknown) => Promise<unknown>
  /** Calls the API as a page does, with a publishable key. */
  asPage: (method: string, path: string, form?: { [name: string]: string }) => Promise<{ status: number; body: Page }>
  /** Ends the sandbox; throws when a call broke the pinned API's contract (which needs the contract folder). */
  close: () => Promise<void>
}

export type Page = {
  id?: string
  status?: string
  next_action?: { type: string; use_stripe_sdk?: { stripe_js: string }; redirect_to_url?: { url: string } } | null
  error?: { type: string; code?: string; decline_code?: string; payment_intent?: Page; setup_intent?: Page }
  [field: string]: unknown
}

export const contractDir = process.env['STRIPE_CONTRACT_DIR'] ?? resolve(import.meta.dirname, '../../../../shared')

process.env['STRIPE_SUPPRESS_NOTICES'] = 'true'

export async function openBench(options: { dataDir?: string } = {}): Promise<Bench> {
  const sandbox = await createSandbox({ ...options, contractDir })
  const origin = await sandbox.listen(0)
  const port = new URL(origin).port
  const stripe = new Stripe('sk_test_bench', {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
  })
  const lever: Bench['lever'] = async (method, path, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const response = await fetch(`${origin}/_sandbox/${path}`, { method, ...sent })
    return response.json()
  }
  return {
    stripe,
    origin,
    lever,
    asPage: async (method, path, form = {}) => {
      const body = new URLSearchParams({ key: 'pk_test_bench', ...form })
      const url = method === 'GET' ? `${origin}${path}?${body.toString()}` : `${origin}${path}`
      const response = await fetch(url, method === 'GET' ? {} : { method, body })
      const read: Page = JSON.parse(await response.text())
      return { status: response.status, body: read }
    },
    close: async () => {
      const report = await lever('GET', 'contract')
      await sandbox.close()
      const { violations } = report as { violations: unknown[] }
      if (violations.length > 0) throw new Error(`Calls outside the contract: ${JSON.stringify(violations, null, 1)}`)
    },
  }
}

/** The refusal a call ends in; a call that succeeds is an error of the test. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error
    throw error
  }
  throw new Error('The call was not refused.')
}

/** A monthly price in euro, in cents. */
export async function monthly({ stripe }: Bench, cents = 4900): Promise<string> {
  const product = await stripe.products.create({ name: 'Pro' })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'eur',
    unit_amount: cents,
    recurring: { interval: 'month' },
  })
  return price.id
}

/** A customer whose default is a fresh card of this template; in a test clock's time when one is given. */
export async function customerWith(
  { stripe }: Bench,
  template: string,
  clock?: string,
): Promise<{ customer: string; method: string }> {
  const customer = await stripe.customers.create(clock === undefined ? {} : { test_clock: clock })
  const method = await stripe.paymentMethods.attach(template, { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
  return { customer: customer.id, method: method.id }
}

/** An open invoice of 15.00 EUR that nobody has tried to collect. */
export async function openInvoice({ stripe }: Bench, customer: string, cents = 1500): Promise<string> {
  await stripe.invoiceItems.create({ customer, amount: cents, currency: 'eur', description: 'Extra work' })
  const invoice = await stripe.invoices.create({
    customer,
    auto_advance: false,
    pending_invoice_items_behavior: 'include',
  })
  await stripe.invoices.finalizeInvoice(invoice.id)
  return invoice.id
}

/** Passes or fails the bank's check of an intent, as the cardholder does on its page. */
export async function answerBank(
  page: Page | Stripe.PaymentIntent | Stripe.SetupIntent,
  answer: 'complete' | 'fail',
): Promise<string> {
  const action = page.next_action as Page['next_action']
  const url = action?.use_stripe_sdk?.stripe_js ?? action?.redirect_to_url?.url
  if (url === undefined) throw new Error('The bank asks nothing.')
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ answer }) })
  return response.text()
}

/** The id of a field that may be expanded. */
export function idOf(link: string | { id: string } | null | undefined): string {
  if (link === null || link === undefined) throw new Error('There is nothing at this field.')
  return typeof link === 'string' ? link : link.id
}
