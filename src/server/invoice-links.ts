import type { Config } from './config.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { seesAmounts } from './redact.ts'
import { findAccount } from './store/accounts.ts'
import type { SessionRecord } from './store/sessions.ts'
import { readCreditNoteLink, readPaperLinks } from './stripe/invoice-papers.ts'

/**
 * Where Stripe has the paper: asked for anew each time, because such addresses are secret and run out. Only for those who
 * see amounts, and never to a host that is not Stripe's. Throws ApiError not-allowed, not-found, StripeUnreachable.
 */
export async function paperAddress(
  hands: Hands,
  session: SessionRecord,
  { kind, id }: { kind: 'pdf' | 'receipt' | 'credit-note'; id: string },
): Promise<string> {
  if (!seesAmounts(hands.config, session.role)) throw new ApiError('not-allowed')
  const customer = (await findAccount(hands.database, session))?.customer
  if (customer === undefined) throw new ApiError('not-found')
  const address =
    kind === 'credit-note'
      ? await readCreditNoteLink(hands.stripe, customer, id)
      : (await readPaperLinks(hands.stripe, customer, id))?.[kind]
  if (address === undefined || !isStripes(hands.config, address))
    throw new ApiError('not-found', 'There is no such paper')
  return address
}

/** Papers are at pay.stripe.com and invoice.stripe.com; the sandbox's are where its API is. */
function isStripes({ stripe }: Config, address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, origin, username } = new URL(address)
  if (stripe.sandbox && origin === new URL(stripe.apiBase).origin) return true
  return protocol === 'https:' && username === '' && (hostname === 'stripe.com' || hostname.endsWith('.stripe.com'))
}
