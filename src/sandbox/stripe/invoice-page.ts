import { escapeHtml, htmlPage, type Page } from './html-page.ts'
import { spokenAmount } from './money.ts'
import type { World } from './world.ts'

/** `/invoice/{id}`, where `hosted_invoice_url` and `invoice_pdf` lead: what is owed, to read only. */
export function answerInvoicePage(world: World, path: string): Page | undefined {
  const id = /^\/invoice\/(in_\w+)(?:\/pdf)?$/.exec(path)?.[1]
  if (id === undefined) return undefined
  const invoice = world.tables.invoice.get(id)
  if (invoice === undefined) return htmlPage(404, 'No such invoice', '<p>This invoice does not exist.</p>')
  const money = (amount: number) => escapeHtml(spokenAmount(amount, invoice.currency))
  const lines = invoice.lines.data.map(
    (line) => `<li>${escapeHtml(line.description ?? '')}: ${money(line.amount)}</li>`,
  )
  const title = `Invoice ${invoice.number ?? id}`
  const body = `<p>${escapeHtml(world.settings.statement)} · ${invoice.status}</p>
<ul>${lines.join('')}</ul>
<p>Total ${money(invoice.total)}, still due <strong>${money(invoice.amount_remaining)}</strong></p>
<p class="note">A page of the local sandbox; at Stripe this is the hosted invoice.</p>`
  return htmlPage(200, title, body)
}
