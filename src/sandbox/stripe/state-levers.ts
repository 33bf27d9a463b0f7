import { cardByNumber, type DisputeKind } from './cards.ts'
import { findWithin, number, text, truth, whether, type Given } from './control-input.ts'
import { catchUpWithInvoices } from './deeds/follow-invoice.ts'
import { catchUpWithPayments } from './deeds/follow-payment.ts'
import { verifyTaxId } from './deeds/hold-tax-id.ts'
import { disputeKinds, moveDispute, openDispute } from './deeds/open-dispute.ts'
import { pauseSubscription } from './deeds/pause-subscription.ts'
import { writeHistory } from './deeds/write-history.ts'
import { change } from './deeds/record-event.ts'
import { newId } from './ids.ts'
import { invalid } from './kernel/errors.ts'
import { disputeStatuses } from './objects/dispute.ts'
import { pauseReasons } from './objects/subscription.ts'
import type { Sandbox } from './sandbox-parts.ts'
import { find, liveCustomer, rows } from './world.ts'

/** `POST charges/{id}/dispute`: the cardholder contests the charge with the bank. */
export function dispute({ world }: Sandbox, given: Given, [id = '']: string[]): unknown {
  const charge = find(world, 'charge', id)
  if (charge.status !== 'succeeded') throw invalid('Only a charge that succeeded can be disputed.')
  const names = Object.keys(disputeKinds) as DisputeKind[]
  openDispute(world, charge, findWithin(names, text(given, 'kind') ?? 'fraudulent', 'kind'))
  const opened = rows(world, 'dispute').findLast((one) => one.charge === id)
  return { id: opened?.id, charge: id, status: opened?.status }
}

/** `POST disputes/{id}`: how the bank takes it on, or decides. */
export function decideDispute({ world }: Sandbox, given: Given, [id = '']: string[]): unknown {
  const held = find(world, 'dispute', id)
  moveDispute(world, held, findWithin(disputeStatuses, truth(text(given, 'status'), 'status'), 'status'))
  return { id, status: held.status }
}

/** `POST charges/{id}/review`: Radar wants the merchant to look at it, or the merchant has. */
export function review({ world }: Sandbox, given: Given, [id = '']: string[]): unknown {
  const charge = find(world, 'charge', id)
  const open = whether(given, 'open') ?? true
  charge.review = open ? newId('prv') : null
  const intent = world.tables.payment_intent.get(charge.payment_intent)
  if (intent !== undefined) intent.review = charge.review
  world.onChange()
  return { id, review: charge.review }
}

/** `POST tax_ids/{id}`: the office's answer. */
export function answerTaxId({ world }: Sandbox, given: Given, [id = '']: string[]): unknown {
  const held = find(world, 'tax_id', id)
  const answers = ['pending', 'unverified', 'verified'] as const
  verifyTaxId(world, held, findWithin(answers, truth(text(given, 'status'), 'status'), 'status'))
  return { id, status: held.verification.status }
}

/**
 * `POST subscriptions/{id}`: what only Stripe's own machinery does. `lag` stops it from taking note of its invoices, until
 * it is false again; `pause` names the reason; `schedule` attaches or detaches one; `forget_invoice` makes it one that
 * never had any.
 */
export function moveSubscription({ world }: Sandbox, given: Given, [id = '']: string[]): unknown {
  const subscription = find(world, 'subscription', id)
  const lag = whether(given, 'lag')
  if (lag === true) subscription.sandbox.lag ??= []
  if (lag === false) catchUpWithInvoices(world, subscription)
  const reason = text(given, 'pause')
  if (reason !== undefined && !pauseSubscription(world, subscription, findWithin(pauseReasons, reason, 'pause')))
    throw invalid('This subscription cannot be paused.')
  const scheduled = whether(given, 'schedule')
  if (scheduled !== undefined) {
    change(world, subscription, 'customer.subscription.updated', () => {
      subscription.schedule = scheduled ? newId('sub_sched') : null
    })
  }
  if (whether(given, 'forget_invoice') === true) {
    for (const invoice of rows(world, 'invoice'))
      if (invoice.parent?.subscription_details.subscription === id) world.tables.invoice.delete(invoice.id)
    subscription.latest_invoice = null
  }
  world.onChange()
  const { latest_invoice, schedule, status } = subscription
  return { id, latest_invoice, schedule, status, lags: Array.isArray(subscription.sandbox.lag) }
}

/** `POST invoices/{id}`: with `lag` it takes no note of a payment that succeeded, until it is false again. */
export function moveInvoice({ world }: Sandbox, given: Given, [id = '']: string[]): unknown {
  const invoice = find(world, 'invoice', id)
  const lag = whether(given, 'lag')
  if (lag === true) invoice.sandbox.lag ??= []
  if (lag === false) catchUpWithPayments(world, invoice)
  world.onChange()
  return { id, status: invoice.status, lags: Array.isArray(invoice.sandbox.lag) }
}

/** `POST invoices/{id}/forget_intent`: an open demand nobody has begun to pay; the next who asks gets a fresh intent. */
export function forgetIntent({ world }: Sandbox, _: Given, [id = '']: string[]): unknown {
  const invoice = find(world, 'invoice', id)
  const intent = world.tables.payment_intent.get(invoice.sandbox.intent ?? '')
  if (invoice.status !== 'open' || intent === undefined || intent.latest_charge !== null)
    throw invalid('Only an open invoice that nobody has tried to pay can lose its intent.')
  world.tables.payment_intent.delete(intent.id)
  for (const payment of rows(world, 'invoice_payment'))
    if (payment.invoice === id) world.tables.invoice_payment.delete(payment.id)
  invoice.sandbox.intent = null
  world.onChange()
  return { id, status: invoice.status }
}

/**
 * `POST customers/{id}/history`: `count` paid invoices of `amount` (minor units of `currency`), the first made at `from`
 * (UTC seconds), one each `every` seconds; the newest `charged` of them were paid by the customer's default card. Before
 * the customer has any others, so that the newest stay the newest.
 */
export function giveHistory({ world }: Sandbox, given: Given, [id = '']: string[]): unknown {
  const customer = liveCustomer(world, id, 'id')
  writeHistory(world, customer, {
    count: truth(number(given, 'count'), 'count'),
    from: truth(number(given, 'from'), 'from'),
    every: truth(number(given, 'every'), 'every'),
    amount: truth(number(given, 'amount'), 'amount'),
    currency: text(given, 'currency') ?? 'eur',
    charged: number(given, 'charged') ?? 0,
    method: world.tables.payment_method.get(customer.invoice_settings.default_payment_method ?? ''),
  })
  return { id, next_invoice_sequence: customer.next_invoice_sequence }
}

const wallets = ['apple_pay', 'google_pay', 'link', 'samsung_pay'] as const

/**
 * `POST payment_methods/{id}`: `behaves_as` another test number from now on, as when its account runs dry; `wallet` says
 * that it was saved from one; `blocked` is the reason for which the bank has closed the account to debits.
 */
export function moveMethod({ world }: Sandbox, given: Given, [id = '']: string[]): unknown {
  const method = find(world, 'payment_method', id)
  const card = text(given, 'behaves_as')
  if (card !== undefined) method.sandbox.behaves = cardByNumber(card).number
  const wallet = text(given, 'wallet')
  if (wallet !== undefined && method.card !== undefined) {
    const type = findWithin(wallets, wallet, 'wallet')
    method.card.wallet = { type, dynamic_last4: null, [type]: {} }
  }
  const reason = text(given, 'blocked')
  if (reason !== undefined && method.us_bank_account !== undefined)
    method.us_bank_account.status_details = { blocked: { network_code: 'R02', reason } }
  world.onChange()
  return { id, behaves_as: method.sandbox.behaves }
}
