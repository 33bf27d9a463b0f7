import { methodFor, type Account, type Invoice, type Method, type PaymentState } from '#diagnosis/account.ts'
import { declineGroup, type DeclineGroup } from '#diagnosis/decline.ts'
import { canPayIn } from '#diagnosis/payable-currencies.ts'

/**
 * Declines after which another method is needed. The others pass by themselves (`retry`, `ours`), want the person
 * (`confirm`) or their address (`billing`): there the method that they chose can still pay.
 */
const final = {
  funds: true,
  later: true,
  bank: true,
  card: true,
  data: true,
  expired: true,
  account: true,
  confirm: false,
  billing: false,
  retry: false,
  ours: false,
} as const satisfies Record<DeclineGroup, boolean>

/** Money may be on its way, for this invoice or another one. */
const moving: readonly PaymentState[] = ['processing', 'requires_capture', 'succeeded']

/** Answers at once. A bank debit takes days in which nobody knows, so it is no help to whom a card has failed. */
const atOnce: readonly string[] = ['card', 'link']

export function isFitForBackup({ kind }: Method): boolean {
  return atOnce.includes(kind)
}

/** An open invoice, and what was declined for it. */
export type Failed = { readonly invoice: Invoice; readonly method: Method }

/** Whether money of this account is on its way. */
export function isMoneyMoving({ openInvoices }: Account): boolean {
  return openInvoices.some(({ payment }) => moving.includes(payment.state))
}

/**
 * The invoices of which an automatic charge was declined for good, oldest first: owed now, collected by Stripe itself,
 * of a plan that runs (or of none), and declined on the very method that is charged for them by itself. What a person
 * tried with another card, a first payment, a change or a resumption is theirs to finish.
 */
export function failedCharges(facts: Account, backup: string): readonly Failed[] {
  if (facts.source !== 'live' || facts.customer !== 'present' || facts.hold || facts.dispute) return []
  return facts.openInvoices
    .toSorted((a, b) => a.created - b.created)
    .flatMap((invoice) => {
      const method = declinedOn(facts, invoice)
      return method && method.id !== backup ? [{ invoice, method }] : []
    })
}

function declinedOn(facts: Account, invoice: Invoice): Method | undefined {
  const { status, collection, subscription: id, payment } = invoice
  const subscription = facts.subscriptions.find((one) => one.id === id)
  const runs =
    id === undefined ||
    ((subscription?.status === 'active' || subscription?.status === 'past_due') &&
      !(subscription.changing && subscription.latestInvoice === invoice.id))
  if (status !== 'open' || collection !== 'charge_automatically' || !runs || payment.disputed) return undefined
  const { error, state } = payment
  const charged = methodFor(facts, subscription, invoice)
  if (state !== 'requires_payment_method' || !error?.method || error.method.id !== charged?.id) return undefined
  return final[declineGroup(error)] ? error.method : undefined
}

export function canPayFor(backup: Method, { invoice }: Failed): boolean {
  return isFitForBackup(backup) && canPayIn(backup, invoice.remaining.currency)
}
