import type { InvoiceDetails, InvoiceFilter, InvoicePage, ListedInvoice, Owed, ToPay } from '#contract/invoice.ts'
import type { Invoice } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import { isPayable, standingOf } from '#diagnosis/invoice-standing.ts'
import { debtOf } from '#diagnosis/rules.ts'
import type { Reading } from './account.ts'
import { payersFor } from './asks.ts'
import { backupChargeOf } from './backup/consent.ts'
import type { Hands } from './context.ts'
import { ApiError } from './errors.ts'
import { payingRoles } from './paying-roles.ts'
import { placeFor } from './place.ts'
import { seesAmounts } from './redact.ts'
import { findAccount, type AccountRecord } from './store/accounts.ts'
import type { SessionRecord } from './store/sessions.ts'
import { ask, StripeUnreachable } from './stripe/client.ts'
import {
  CursorLost,
  findByNumber,
  listInvoices,
  type InvoicePage as Found,
  type ListedInvoice as Listed,
} from './stripe/invoice-list.ts'
import { readPapers } from './stripe/invoice-papers.ts'

/** The first page is there at once; whoever goes on wants many. */
const FIRST = 25
const FURTHER = 100

type Query = InvoiceFilter & { readonly after?: string | undefined; readonly number?: string | undefined }

/** A page of an account's invoices, newest first. Throws ApiError not-found, invalid-request. */
export async function invoicePage(hands: Hands, session: SessionRecord, query: Query): Promise<InvoicePage> {
  const { config, now } = hands
  const record = await findAccount(hands.database, session)
  if (!record) throw new ApiError('not-found')
  const isFirst = query.after === undefined
  const [reading, found, since] = await Promise.all([
    hands.airlock.read(session, { fresh: isFirst, metered: false }),
    heard(record.customer === undefined ? Promise.resolve({ invoices: [] }) : find(hands, record.customer, query)),
    heard(isFirst ? customerSince(hands, record.customer) : Promise.resolve(now())),
  ])
  if (!reading) throw new ApiError('not-found')
  const { facts } = reading
  const view = { ...viewOf(hands, session, reading), asOf: facts.asOf, years: yearsFrom(since ?? now(), now()) }
  if (found) {
    const toPay = view.mayPay && isFirst ? { toPay: toPayOf(reading) } : {}
    const invoices = found.invoices.map((invoice) => shown(hands, session, reading, invoice))
    return { ...view, source: 'live', invoices, ...toPay, ...compact({ more: found.more, searched: found.searched }) }
  }
  const known = isFirst && query.status !== 'paid' && query.status !== 'other' && query.number === undefined
  return {
    ...view,
    source: facts.source === 'none' || !known ? 'none' : 'mirror',
    ...(view.mayPay && { toPay: { debts: [], onItsWay: false } }),
    invoices: known
      ? facts.openInvoices.map((invoice) => remembered(invoice, seesAmounts(config, session.role), now()))
      : [],
  }
}

/** How many the letter about an account names. */
const NEWEST = 3
/** One that nobody is to see may be among them. */
const ASKED = 5

/** As long as a reading is good, what was listed beside it is. */
const listed = new WeakMap<AccountRecord, Promise<Found | undefined>>()

/** An account's newest three, as this person may know them; undefined where Stripe does not answer. */
export async function newestInvoices(
  hands: Hands,
  session: SessionRecord,
  reading: Reading,
): Promise<readonly ListedInvoice[] | undefined> {
  const { record, facts } = reading
  if (facts.source !== 'live') return undefined
  if (record.customer === undefined || facts.customer !== 'present') return []
  const listing = listed.get(record) ?? heard(listInvoices(hands.stripe, record.customer, {}, { limit: ASKED }))
  listed.set(record, listing)
  const found = await listing
  return found?.invoices.slice(0, NEWEST).map((invoice) => shown(hands, session, reading, invoice))
}

/** Everything about one. Throws ApiError not-found, StripeUnreachable. */
export async function invoiceDetails(hands: Hands, session: SessionRecord, id: string): Promise<InvoiceDetails> {
  const reading = await hands.airlock.read(session, { fresh: true, metered: false })
  const customer = reading?.record.customer
  const found = customer === undefined ? undefined : await readPapers(hands.stripe, customer, id)
  if (!reading || !found) throw new ApiError('not-found', 'There is no such invoice')
  const sees = seesAmounts(hands.config, session.role)
  const invoice = shown(hands, session, reading, found.invoice)
  const backup = sees ? await backupChargeOf(hands, session, id) : undefined
  const debt = invoice.payable ? debtOf(reading.facts.openInvoices.filter((open) => open.id === id)) : undefined
  return {
    ...viewOf(hands, session, reading),
    invoice,
    onItsWay: isOnItsWay(reading),
    ...compact({ debt, backup, papers: sees ? found.papers : undefined }),
  }
}

/** What this person may pay now. Throws ApiError not-allowed, not-found. */
export async function owed(hands: Hands, session: SessionRecord): Promise<Owed> {
  if (!payingRoles.includes(session.role)) throw new ApiError('not-allowed')
  const reading = await hands.airlock.read(session, { fresh: true, metered: false })
  if (!reading) throw new ApiError('not-found')
  const written = isOnItsWay(reading)
    ? []
    : reading.facts.openInvoices.filter((invoice) => invoice.status === 'uncollectible' && isPayable(invoice))
  return { toPay: toPayOf(reading), writtenOff: written.flatMap((invoice) => debtOf([invoice]) ?? []) }
}

function find(hands: Hands, customer: string, query: Query): Promise<Found> {
  const { after, number } = query
  if (number !== undefined) return byNumber(hands, customer, number)
  const limit = after === undefined ? FIRST : FURTHER
  return listInvoices(hands.stripe, customer, filterOf(query), { limit, ...compact({ after }) }).catch(
    (error: unknown) => {
      if (error instanceof CursorLost) throw new ApiError('invalid-request', 'after: this place is gone')
      throw error
    },
  )
}

export function filterOf({ status, year }: InvoiceFilter) {
  const statuses = {
    'to-pay': ['open'],
    paid: ['paid'],
    other: ['void', 'uncollectible'],
  } as const
  return {
    ...(status && { statuses: statuses[status] }),
    ...(year !== undefined && { created: { gte: startOf(year), lt: startOf(year + 1) } }),
  }
}

/** Digits alone are the end of the account's own numbers. */
async function byNumber({ stripe }: Hands, customer: string, typed: string): Promise<Found> {
  const number = typed.trim()
  if (!/^\d{1,6}$/.test(number)) return findByNumber(stripe, customer, number)
  const found = await ask(stripe.customers.retrieve(customer))
  const prefix = found.deleted ? undefined : found.invoice_prefix
  return findByNumber(stripe, customer, prefix ? `${prefix}-${number.padStart(4, '0')}` : number)
}

/** Silence is undefined. */
async function heard<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking
  } catch (error) {
    if (error instanceof StripeUnreachable) return undefined
    throw error
  }
}

async function customerSince({ stripe, now }: Hands, id: string | undefined): Promise<number> {
  const customer = id === undefined ? undefined : await stripe.customers.retrieve(id).catch(() => undefined)
  return customer && !customer.deleted ? customer.created : now()
}

function startOf(year: number): number {
  return Date.UTC(year) / 1_000
}

function yearsFrom(since: number, now: number): readonly number[] {
  const [first, last] = [since, now].map((instant) => new Date(instant * 1_000).getUTCFullYear()) as [number, number]
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => last - index)
}

function viewOf(hands: Hands, session: SessionRecord, reading: Reading) {
  return {
    ...placeFor(hands, session, reading.record),
    seesAmounts: seesAmounts(hands.config, session.role),
    payers: payersFor(hands.config, reading.record, session.member).flatMap(({ name }) => name ?? []),
  }
}

function isOnItsWay({ facts }: Reading): boolean {
  return facts.openInvoices.some(({ payment }) => payment.state === 'processing')
}

function toPayOf(reading: Reading): ToPay {
  const onItsWay = isOnItsWay(reading)
  if (onItsWay || reading.facts.source !== 'live') return { debts: [], onItsWay }
  const open = reading.facts.openInvoices
    .toReversed()
    .filter((invoice) => invoice.status === 'open' && isPayable(invoice))
    .toSorted((a, b) => a.created - b.created)
  const currencies = [...new Set(open.map(({ remaining }) => remaining.currency))]
  const debts = currencies.map((currency) => debtOf(open.filter(({ remaining }) => remaining.currency === currency)))
  return { debts: debts.filter((debt): debt is Debt => debt !== undefined), onItsWay }
}

/** As this person may know it. */
function shown(hands: Hands, session: SessionRecord, reading: Reading, invoice: Listed): ListedInvoice {
  const { id, number, date, due, period, currency, total, remaining, refunded, credited, nextAttempt } = invoice
  const sees = seesAmounts(hands.config, session.role)
  const money = (amount: number) => (sees && amount > 0 ? { amount, currency } : undefined)
  const now = hands.now()
  const isUnpaid = invoice.status === 'open' || invoice.status === 'uncollectible'
  const open = reading.facts.openInvoices.find((candidate) => candidate.id === id)
  return {
    id,
    date,
    due,
    period,
    state: standingOf(invoice, now),
    payable:
      payingRoles.includes(session.role) && isUnpaid && open !== undefined && isPayable(open) && !isOnItsWay(reading),
    pdf: sees && invoice.pdf,
    receipt: sees && invoice.receipt,
    ...compact({
      number,
      nextAttempt: isUnpaid ? nextAttempt : undefined,
      total: sees ? { amount: total, currency } : undefined,
      remaining: isUnpaid && remaining !== total ? money(remaining) : undefined,
      refunded: money(refunded),
      credited: money(credited),
    }),
  }
}

/** From the last reading there is: that it was open, and what of it. */
function remembered(invoice: Invoice, sees: boolean, now: number): ListedInvoice {
  const { id, number, collection, created, due, period, remaining, payment, nextAttempt } = invoice
  const billed = {
    total: remaining.amount,
    paid: 0,
    refunded: 0,
    credited: 0,
    due,
    attempted: true,
    byHand: collection === 'send_invoice',
    payment,
  }
  return {
    id,
    date: created,
    due,
    period,
    state: standingOf({ ...billed, status: invoice.status }, now),
    payable: false,
    pdf: false,
    receipt: false,
    ...compact({ number, nextAttempt, total: sees ? remaining : undefined }),
  }
}
