import {
  hasExpired,
  methodFor,
  type Account,
  type Instant,
  type Invoice,
  type Method,
  type Subscription,
} from './account.ts'
import { compact } from './compact.ts'
import { adviseOn, declineGroup, isWorthRetrying } from './decline.ts'
import type { Blocker, Debt } from './diagnosis.ts'
import { sum } from './money.ts'
import { speak } from './speak.ts'
import { openInvoicesOf } from './standing.ts'

/** A subscription that gives no access, with what is needed to say why. */
type Case = {
  readonly account: Account
  readonly subscription: Subscription
  /** All of its open invoices, oldest first. */
  readonly invoices: readonly Invoice[]
  /** The most recent of them: Stripe lets the subscription's status follow it. */
  readonly invoice: Invoice | undefined
  readonly debt: Debt | undefined
  /** The method Stripe would charge now. */
  readonly method: Method | undefined
  readonly now: Instant
}

type Rule = (found: Case) => Blocker | undefined

/** Stripe keeps the first payment open for 23 hours (https://docs.stripe.com/billing/subscriptions/overview). */
export const FIRST_PAYMENT_SECONDS = 23 * 3_600

/** Read top to bottom: the first rule that speaks says why this subscription gives no access. */
const rules: readonly Rule[] = [
  contested,
  paymentProcessing,
  authenticationRequired,
  subscriptionIncomplete,
  invoiceToBePaidByHand,
  cardExpired,
  cardDeclined,
  noPaymentMethod,
  invoiceOverdue,
  invoiceWantsDetails,
  subscriptionPaused,
]

/** Why this subscription gives no access, or will not for long. */
export function why(account: Account, subscription: Subscription, now: Instant): Blocker {
  return firstOf(rules, caseOf(account, subscription, now)) ?? unknown()
}

/** What keeps its open invoices from being paid; undefined where nothing is owed. */
export function whyOwed(account: Account, subscription: Subscription, now: Instant): Blocker | undefined {
  const found = caseOf(account, subscription, now)
  return found.debt && firstOf(rules, found)
}

function firstOf(rules: readonly Rule[], found: Case): Blocker | undefined {
  for (const rule of rules) {
    const blocker = rule(found)
    if (blocker) return blocker
  }
  return undefined
}

function caseOf(account: Account, subscription: Subscription, now: Instant): Case {
  const invoices = openInvoicesOf(account, subscription)
  const invoice = invoices.at(-1)
  return {
    account,
    subscription,
    invoices,
    invoice,
    debt: debtOf(invoices, subscription),
    method: methodFor(account, subscription, invoice),
    now,
  }
}

/** What the given open invoices add up to, oldest first; undefined when there are none. */
export function debtOf(invoices: readonly Invoice[], subscription?: Subscription): Debt | undefined {
  const total = sum(invoices.map(({ remaining }) => remaining))
  if (!total) return undefined
  return {
    total,
    invoices: invoices.map(({ id, number, remaining, due, period, nextAttempt, payment }) => ({
      id,
      remaining,
      due,
      period,
      ...(number !== undefined && { number }),
      ...(subscription && { plan: subscription.plan }),
      ...(nextAttempt !== undefined && (!payment.error || isWorthRetrying(payment.error)) && { nextAttempt }),
    })),
  }
}

/** Who contests a charge is not asked to make it again; only the merchant can talk with them. */
function contested({ account, invoices }: Case) {
  const since = account.dispute?.since
  return invoices.some(({ payment }) => payment.disputed)
    ? speak('account_frozen', since, { cause: 'dispute' })
    : undefined
}

/** First of all that the customer does: while money is on its way, for whichever invoice, nobody may be asked to pay again. */
function paymentProcessing({ subscription, invoices }: Case) {
  const onItsWay = invoices.filter(({ payment }) => payment.state === 'processing')
  const debt = debtOf(onItsWay, subscription)
  const [first] = onItsWay
  if (!first || !debt) return undefined
  return speak('payment_processing', first.created, { debt, ...compact({ method: first.payment.method }) })
}

/** Before any card rule: the bank has nothing against the card, it wants to see the person; also after a failed check. */
function authenticationRequired({ invoice, debt, method: charged }: Case) {
  if (!invoice || !debt) return undefined
  const { state, error, method } = invoice.payment
  const waiting = state === 'requires_action'
  const wantsToSee = error !== undefined && declineGroup(error) === 'confirm' && isStillCharged(error.method, charged)
  if (!waiting && !wantsToSee) return undefined
  return speak('authentication_required', invoice.due, {
    debt,
    invoice: invoice.id,
    ...compact({ method: method ?? error?.method }),
  })
}

function subscriptionIncomplete({ subscription, invoice, debt, method }: Case) {
  if (subscription.status !== 'incomplete' || !debt) return undefined
  const error = invoice?.payment.error
  return speak('subscription_incomplete', subscription.created, {
    debt,
    plan: subscription.plan,
    expires: subscription.created + FIRST_PAYMENT_SECONDS,
    ...compact({ method }),
    ...(error && { decline: declineGroup(error) }),
  })
}

/** An invoice sent by e-mail never charged a card, so no card is to blame. */
function invoiceToBePaidByHand(found: Case) {
  return found.invoice?.collection === 'send_invoice' ? invoiceOverdue(found) : undefined
}

function cardExpired({ invoice, debt, method, now }: Case) {
  if (!invoice || !debt) return undefined
  const { error } = invoice.payment
  const blamed = error !== undefined && declineGroup(error) === 'expired' && isStillCharged(error.method, method)
  const over = method !== undefined && hasExpired(method, now)
  if (!blamed && !over) return undefined
  return speak('card_expired', invoice.due, {
    debt,
    ...compact({ method: over ? method : (error?.method ?? method) }),
  })
}

function cardDeclined({ invoice, debt, method }: Case) {
  const error = invoice?.payment.error
  if (!invoice || !debt || !error || !isStillCharged(error.method, method)) return undefined
  const { group, sameCardCanWork, act, who } = adviseOn(error)
  return speak('card_declined', invoice.due, {
    debt,
    decline: group,
    sameCardCanWork,
    advice: { act, who },
    ...compact({ method: error.method ?? method }),
  })
}

function noPaymentMethod({ invoice, debt, method }: Case) {
  if (method || !invoice || !debt) return undefined
  return speak('no_payment_method', invoice.due, { debt })
}

/** Also when a newer card waits on file: Stripe does not collect an open invoice because a default changed. */
function invoiceOverdue({ invoice, debt, method }: Case) {
  if (!invoice || !debt) return undefined
  return speak('invoice_overdue', invoice.due, { debt, ...compact({ method }) })
}

function subscriptionPaused({ subscription }: Case) {
  if (subscription.status !== 'paused') return undefined
  const cause = subscription.pausedBy ?? 'system'
  // Only the merchant knows why Stripe's own system paused something.
  const remedy = cause === 'system' ? 'contact-support' : undefined
  return speak('subscription_paused', undefined, { ...offerOf(subscription), cause }, remedy)
}

/** What going on with a subscription costs; a price that is no longer sold can only be resumed. */
export function offerOf({ id, plan, price, interval, status, withdrawn }: Subscription) {
  const isSold = status === 'paused' || withdrawn !== true
  return { subscription: id, plan, ...(isSold && compact({ price, interval })) }
}

/** Without a place no tax can be reckoned, so the invoice stays a draft and nothing can be paid. */
function invoiceWantsDetails({ subscription: { draft } }: Case) {
  if (draft?.problem !== 'location') return undefined
  return speak('billing_details_missing', undefined, { missing: ['address'], invoice: draft.invoice })
}

function unknown() {
  return speak('unknown', undefined, { cause: 'unclear' })
}

/** A decline speaks about the card that was tried; when another one would be charged now, it is no longer to blame. */
function isStillCharged(tried: Method | undefined, charged: Method | undefined): boolean {
  return !tried || !charged || tried.id === charged.id
}
