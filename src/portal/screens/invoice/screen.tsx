import type { InvoiceDetails } from '#contract/invoice.ts'
import { AccountPage, Part } from '#portal/account-page.tsx'
import { invoiceQuery } from '#portal/api/invoices.ts'
import { BackupTold } from '#portal/backup-told.tsx'
import { useFormat } from '#portal/format.ts'
import { paths } from '#portal/paths.ts'
import { InvoiceState } from '#portal/invoice-state.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router-dom'
import { Given } from './given.tsx'
import { Lines } from './lines.tsx'
import { Papers } from './papers.tsx'
import { Payments } from './payments.tsx'
import { WhatToDo } from './what-to-do.tsx'

/** Everything about one invoice. */
export function Component() {
  const { data: details } = useSuspenseQuery(invoiceQuery(useParams()['id'] ?? ''))
  const { say } = useWords()
  const format = useFormat()
  const { backup, invoice, now, papers } = details
  const day = format.day(invoice.date, now)
  return (
    <AccountPage
      place={details}
      headline={
        invoice.number === undefined
          ? say('invoice.titlePlain', { day })
          : say('invoice.title', { number: invoice.number })
      }
      why={<About details={details} />}
    >
      <div className="flex flex-col gap-6">
        <InvoiceState invoice={invoice} now={now} />
        {backup && <BackupTold charge={backup} now={now} mayPay={details.mayPay} />}
        <WhatToDo details={details} />
        <Papers invoice={invoice} />
      </div>
      {papers && (
        <>
          <Part title={<Words id="invoice.lines" />}>
            <Lines papers={papers} invoice={invoice} />
          </Part>
          <Part title={<Words id="invoice.payments" />}>
            <Payments papers={papers} merchant={details.merchant.name} now={now} />
          </Part>
          <Given papers={papers} now={now} />
        </>
      )}
      <Link to={paths.invoices} className="link target self-start">
        <Words id="invoice.back" />
      </Link>
    </AccountPage>
  )
}

function About({ details: { invoice, now } }: { readonly details: InvoiceDetails }) {
  const format = useFormat()
  const { total, date, period } = invoice
  const about = { day: format.day(date, now), period: format.period(period) }
  return total ? (
    <Words id="invoice.about" values={{ ...about, amount: <bdi>{format.money(total)}</bdi> }} />
  ) : (
    <Words id="invoice.aboutPlain" values={about} />
  )
}
