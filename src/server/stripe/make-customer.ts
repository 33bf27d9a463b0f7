import { compact } from '#diagnosis/compact.ts'
import { sha256 } from '#server/token.ts'
import { ask, type StripeClient } from './client.ts'

/**
 * A Stripe customer for an account, the same however often it is asked for. The name and the address for receipts are
 * told separately, so that a changed one is not another request to Stripe. Throws StripeUnreachable.
 */
export async function makeCustomer(
  stripe: StripeClient,
  { app, account }: { readonly app: string; readonly account: string },
): Promise<string> {
  const { id } = await ask(
    stripe.customers.create(
      { metadata: { fix402_app: app, fix402_account: account } },
      { idempotencyKey: sha256(`customer ${app} ${account}`) },
    ),
  )
  return id
}

/** What stands on receipts and invoices. Throws StripeUnreachable. */
export async function nameCustomer(
  stripe: StripeClient,
  customer: string,
  who: { readonly name: string; readonly email: string | undefined },
): Promise<void> {
  await ask(stripe.customers.update(customer, compact(who)))
}
