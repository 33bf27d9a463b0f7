import type { BillingDetails, Details } from '#contract/billing-details.ts'
import { payersFor } from './asks.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { payingRoles } from './paying-roles.ts'
import { placeFor } from './place.ts'
import { findRecipients } from './store/billing-recipients.ts'
import type { SessionRecord } from './store/sessions.ts'
import { StripeUnreachable } from './stripe/client.ts'
import { readDetails, type HeldDetails } from './stripe/customer-details.ts'

/** What stands on the account's invoices, and where they go. Throws ApiError not-found. */
export async function billingDetails(hands: Hands, session: SessionRecord): Promise<BillingDetails> {
  const { config, database } = hands
  const reading = await hands.airlock.read(session, { fresh: false })
  if (!reading) throw new ApiError('not-found')
  const { facts, record } = reading
  const held = await heldBy(hands, record.customer)
  const isPayer = payingRoles.includes(session.role)
  const recipients = isPayer ? await findRecipients(database, session) : []
  return {
    ...placeFor(hands, session, record),
    invoiceWaits: facts.subscriptions.some(({ draft }) => draft?.problem === 'location'),
    payers: payersFor(config, record, session.member),
    ...(held && { details: { ...(isPayer ? held : withoutAddresses(held)), recipients } }),
  }
}

const nothing: HeldDetails = { taxIds: [] }

/** Nothing where there is no customer yet, undefined where Stripe does not say or knows them no longer. */
async function heldBy({ stripe }: Hands, customer: string | undefined): Promise<HeldDetails | undefined> {
  if (customer === undefined) return nothing
  try {
    return await readDetails(stripe, customer)
  } catch (error) {
    if (!(error instanceof StripeUnreachable)) throw error
    return undefined
  }
}

function withoutAddresses(held: HeldDetails): Omit<Details, 'recipients' | 'email'> {
  const { email: _, ...rest } = held
  return rest
}
