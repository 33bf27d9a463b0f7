import { escapeHtml, htmlPage, type Page } from './html-page.ts'
import { spokenAmount } from './money.ts'
import type { Charge } from './objects/charge.ts'
import type { CreditNote } from './objects/credit-note.ts'
import type { Invoice } from './objects/invoice.ts'
import { pdfPage } from './pdf.ts'
import type { World } from './world.ts'

/** Where `hosted_invoice_url`, `invoice_pdf`, a charge's `receipt_url` and a credit note's `pdf` lead: to read only. */
export function answerInvoicePage(world: World, path: string): Page | undefined {
  const [, kind, id = '', pdf] = /^\/(invoice|receipt|credit_note)\/(\w+)(\/pdf)?$/.exec(path) ?? []
  const { charge, credit_note, invoice } = world.tables
  if (kind === 'invoice') return paperOf(invoice.get(id), (found) => invoicePaper(world, found), pdf)
  if (kind === 'receipt') return paperOf(charge.get(id), (found) => receiptPaper(world, found), pdf)
  if (kind === 'credit_note') return paperOf(credit_note.get(id), (found) => creditPaper(world, found), pdf)
  return undefined
}

/** What is written on it, whether as a page or as a PDF. */
type Paper = { title: string; lines: readonly string[] }

function paperOf<T>(row: T | undefined, write: (row: T) => Paper, pdf: string | undefined): Page {
  if (row === undefined) return htmlPage(404, 'No such paper', '<p>This does not exist.</p>')
  const { title, lines } = write(row)
  if (pdf !== undefined) return pdfPage(title, title, lines)
  const body = lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')
  return htmlPage(
    200,
    title,
    `${body}<p class="note">A page of the local sandbox; at Stripe this is a hosted page.</p>`,
  )
}

function invoicePaper({ settings }: World, invoice: Invoice): Paper {
  const money = (amount: number) => spokenAmount(amount, invoice.currency)
  const taxed = invoice.lines.data.flatMap((line) => line.taxes).reduce((all, { amount }) => all + amount, 0)
  return {
    title: `Invoice ${invoice.number ?? invoice.id}`,
    lines: [
      `${settings.statement}, ${dayOf(invoice.effective_at ?? invoice.created)}, ${invoice.status}`,
      `To ${invoice.customer_name ?? ''} ${invoice.customer_email ?? ''}`.trim(),
      ...invoice.lines.data.map((line) => `${line.description ?? ''}: ${money(line.amount)}`),
      ...(taxed === 0 ? [] : [`Tax ${money(taxed)}`]),
      `Total ${money(invoice.total)}, still due ${money(invoice.amount_remaining)}`,
    ],
  }
}

function receiptPaper({ settings, tables }: World, charge: Charge): Paper {
  const invoice = tables.invoice.get(tables.payment_intent.get(charge.payment_intent)?.sandbox.invoice ?? '')
  const money = (amount: number) => spokenAmount(amount, charge.currency)
  return {
    title: `Receipt from ${settings.statement}`,
    lines: [
      `Paid ${money(charge.amount)} on ${dayOf(charge.created)}`,
      ...(invoice?.number === undefined || invoice.number === null ? [] : [`For invoice ${invoice.number}`]),
      ...(charge.amount_refunded === 0 ? [] : [`Refunded ${money(charge.amount_refunded)}`]),
    ],
  }
}

function creditPaper({ settings, tables }: World, note: CreditNote): Paper {
  const money = (amount: number) => spokenAmount(amount, note.currency)
  return {
    title: `Credit note ${note.number}`,
    lines: [
      `${settings.statement}, ${dayOf(note.created)}`,
      `For invoice ${tables.invoice.get(note.invoice)?.number ?? note.invoice}`,
      `Credited ${money(note.amount)}`,
      ...(note.memo === null ? [] : [note.memo]),
    ],
  }
}

function dayOf(instant: number): string {
  return new Date(instant * 1000).toISOString().slice(0, 10)
}
