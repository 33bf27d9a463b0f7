import type { BillingDetailsRequest, Outcome } from '#contract/deed.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { finishDraft, writeDetails } from '#server/stripe/customer-details.ts'
import { sha256 } from '#server/token.ts'
import type { Payer } from './deed.ts'

type Completing = Pick<BillingDetailsRequest, 'name' | 'address' | 'taxId'> & { readonly key: string }

/**
 * Completes what an invoice needs, and lets the drafts that waited for it become invoices. Throws ApiError
 * invalid-request, naming the field, for what Stripe would not take.
 */
export async function completeDetails(
  { stripe }: Hands,
  { customer, facts }: Payer,
  { key, ...details }: Completing,
): Promise<Outcome> {
  const drafts = facts.subscriptions.flatMap(({ draft }) => (draft?.problem === 'location' ? [draft.invoice] : []))
  const refused = await writeDetails(stripe, customer, details, drafts.length > 0)
  if (refused) throw new ApiError('invalid-request', refused.message, { errors: [refused] })
  if (!details.address) return { kind: 'done' }
  const finished = await Promise.all(drafts.map((invoice) => finishDraft(stripe, invoice, sha256(`${key} ${invoice}`))))
  return { kind: finished.includes(false) ? 'stale' : 'done' }
}
