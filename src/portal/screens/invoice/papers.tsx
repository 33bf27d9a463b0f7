import type { ListedInvoice } from '#contract/invoice.ts'
import { paperPaths } from '#portal/api/invoices.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Icon } from '#ui/icon.tsx'
import { VisuallyHidden } from '#ui/visually-hidden.tsx'
import type { ReactNode } from 'react'

/** The invoice and, apart from it, the receipt, as Stripe has printed them. */
export function Papers({ invoice: { id, pdf, receipt } }: { readonly invoice: ListedInvoice }) {
  if (!pdf && !receipt) return null
  return (
    <div className="flex flex-wrap gap-x-6">
      {pdf && (
        <Paper href={paperPaths.pdf(id)}>
          <Words id="invoice.pdf" />
        </Paper>
      )}
      {receipt && (
        <Paper href={paperPaths.receipt(id)}>
          <Words id="invoice.receipt" />
        </Paper>
      )}
    </div>
  )
}

/** A link to a paper of Stripe's, which opens beside this page. */
function Paper({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const { say } = useWords()
  return (
    <a href={href} target="_blank" rel="noreferrer" className="link inline-flex min-h-11 items-center gap-1">
      {children}
      <Icon name="external" />
      <VisuallyHidden>, {say('invoice.newTab')}</VisuallyHidden>
    </a>
  )
}
