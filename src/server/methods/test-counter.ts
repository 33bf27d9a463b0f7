import { randomUUID } from 'node:crypto'
import { DeedAnswerSchema } from '#contract/deed.ts'
import { MethodsPageSchema, type MethodsPage, type RemoveRequest } from '#contract/methods.ts'
import { idOf as idOfMethod, type StripeClient } from '#server/stripe/client.ts'
import type { Stay } from '#server/stripe/test-desk.ts'
import type { Browser } from '#server/test-portal.ts'

export const who = { name: 'Acme GmbH', email: 'anna@acme.example' }

/** What Stripe charges: the customer's default, and each subscription's own; null where there is none. */
export async function chargedAt(
  stripe: StripeClient,
  { customer, subscriptions }: Stay,
): Promise<readonly (string | null)[]> {
  const owner = await stripe.customers.retrieve(customer)
  const pinned = await Promise.all(subscriptions.map((id) => stripe.subscriptions.retrieve(id)))
  return [
    owner.deleted ? undefined : owner.invoice_settings.default_payment_method,
    ...pinned.map(({ default_payment_method }) => default_payment_method),
  ].map((method) => idOfMethod(method) ?? null)
}

export async function pageOf(browser: Browser): Promise<MethodsPage> {
  return MethodsPageSchema.parse((await browser.get('/api/payment-methods')).body)
}

/** What came of a deed; fails the test unless it is answered as the contract says. */
export async function deed(browser: Browser, verb: 'assign' | 'remove', body: unknown, key = randomUUID()) {
  const answer = await browser.post(`/api/payment-methods/${verb}`, body, { 'idempotency-key': key })
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`)
  return DeedAnswerSchema.parse(answer.body).outcome
}

/** What taking the method with these last digits away would be asked with, as the page shows it. */
export function removalOf({ methods }: MethodsPage, last4: string): RemoveRequest {
  const found = methods.find(({ method }) => method.last4 === last4)
  if (!found) throw new Error(`no method ends in ${last4}`)
  return { method: found.method.id, plans: found.plans.map(({ subscription }) => subscription) }
}

export function idOf(page: MethodsPage, last4: string): string {
  return removalOf(page, last4).method
}

export function verify(browser: Browser, setupIntent: string | undefined, proof: object) {
  return browser.post('/api/payment-methods/verify', { setupIntent, proof })
}
