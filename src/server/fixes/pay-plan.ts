import type { NamedInvoice, Outcome, Plan } from '#contract/deed.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { sha256 } from '#server/token.ts'
import { payInvoice, readInvoice, type InvoiceState, type PayResult } from '#server/stripe/pay-invoice.ts'
import { StripeUnreachable } from '#server/stripe/client.ts'
import { declinedBy } from './declined-by.ts'

export type Purse = {
  readonly customer: string
  readonly method: string
  /** The card was saved a moment ago, with the bank's consent to charge it unseen. */
  readonly justSaved: boolean
  /** Nobody is at a screen: a bank that wants to see the person is not asked a second time. */
  readonly unattended?: boolean
  /** The attempt's key: every call to Stripe derives its own from it. */
  readonly key: string
}

/**
 * Pays what the person agreed to, and nothing else: each invoice is read before it is touched. One that was paid
 * meanwhile is skipped, one that is being paid stops everything, and a sum greater than the one shown is refused. The
 * oldest comes first; the first that is not paid at once ends it, and what was paid before is said.
 */
export async function payPlan(hands: Hands, plan: Plan, purse: Purse): Promise<Outcome> {
  try {
    const states = await Promise.all(plan.invoices.map((id) => ownInvoice(hands, id, purse.customer)))
    if (states.some(({ payment }) => payment.state === 'processing')) return { kind: 'processing' }
    const open = states
      .filter(({ status }) => status === 'open' || status === 'uncollectible')
      .toSorted((a, b) => a.created - b.created)
    if (!agrees(open, plan)) return { kind: 'stale' }
    let gone = 0
    for (const invoice of open) {
      const outcome = outcomeOf(invoice.id, await pay(hands, invoice.id, purse))
      if (outcome.kind === 'stale') gone += 1
      else if (outcome.kind !== 'done') return amongOthers(outcome, open, invoice)
    }
    return { kind: gone > 0 && gone === open.length ? 'stale' : 'done' }
  } catch (error) {
    // Before the first payment nothing has moved; between two, the next look tells which are paid.
    if (error instanceof StripeUnreachable) return { kind: 'unknown' }
    throw error
  }
}

/** What came of one of several: those before it are paid, those after it were not tried. */
function amongOthers(outcome: Outcome, open: readonly InvoiceState[], stopped: InvoiceState): Outcome {
  if (outcome.kind === 'done' || outcome.kind === 'stale' || open.length === 1) return outcome
  const at = open.indexOf(stopped)
  const paid = open.slice(0, at).map(named)
  const untried = open.slice(at + 1).map(named)
  return {
    ...outcome,
    ...(outcome.kind === 'confirm' && { amount: named(stopped).amount }),
    ...(outcome.kind === 'unknown' && { unclear: named(stopped), ...(untried.length > 0 && { untried }) }),
    ...(paid.length > 0 && { paid }),
  }
}

function named({ id, number, remaining, currency }: InvoiceState): NamedInvoice {
  return { id, amount: { amount: remaining, currency }, ...compact({ number }) }
}

async function pay(hands: Hands, invoice: string, purse: Purse): Promise<PayResult> {
  const { method, justSaved, unattended = false, key } = purse
  const keyOf = (step: string) => sha256(`${key} ${invoice} ${method} ${step}`)
  const offSession = justSaved || unattended
  const first = await payInvoice(hands.stripe, invoice, { method, offSession, key: keyOf('first') })
  if (first.kind !== 'unseen' || unattended) return first
  return payInvoice(hands.stripe, invoice, { method, offSession: false, key: keyOf('seen') })
}

export function outcomeOf(invoice: string, result: PayResult): Outcome {
  switch (result.kind) {
    case 'paid':
      return { kind: 'done' }
    case 'processing':
      return { kind: 'processing' }
    case 'confirm':
      return { kind: 'confirm', invoice, clientSecret: result.clientSecret }
    case 'unseen':
      return { kind: 'declined', decline: 'confirm', sameCardCanWork: true }
    case 'declined':
      return declinedBy(result.error)
    case 'refused':
      return { kind: 'refused', because: result.because }
    case 'gone':
      return { kind: 'stale' }
    case 'unknown':
      return { kind: 'unknown' }
  }
}

/** An invoice of this customer; another's is not found. Throws StripeUnreachable. */
export async function ownInvoice({ stripe }: Hands, id: string, customer: string): Promise<InvoiceState> {
  const invoice = await readInvoice(stripe, id)
  if (!invoice || invoice.customer !== customer) throw new ApiError('not-found', 'There is no such invoice')
  return invoice
}

/** What is still open of the plan must not cost more than what was shown. */
function agrees(open: readonly InvoiceState[], { total }: Plan): boolean {
  if (open.length === 0) return true
  const sum = open.reduce((sum, { remaining }) => sum + remaining, 0)
  return total !== undefined && sum <= total.amount && open.every(({ currency }) => currency === total.currency)
}
