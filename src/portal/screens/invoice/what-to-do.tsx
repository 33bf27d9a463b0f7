import type { InvoiceDetails } from '#contract/invoice.ts'
import { useFormat } from '#portal/format.ts'
import { fixPathWith } from '#portal/paths.ts'
import { FinanceLink } from '#portal/payments/finance-link.tsx'
import { OpenLinks } from '#portal/payments/open-links.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { buttonLook, LinkButton } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Notice } from '#ui/notice.tsx'
import { useState } from 'react'
import { Link } from 'react-router-dom'

/** What happens next with it, and the ways to pay it: oneself, or by a link for somebody without a login. */
export function WhatToDo({ details }: { readonly details: InvoiceDetails }) {
  const [sharing, share] = useState(false)
  const { say } = useWords()
  const format = useFormat()
  const { invoice, debt, mayPay, payers, onItsWay, now } = details
  const isUnpaid = ['due', 'overdue', 'confirm', 'written_off'].includes(invoice.state)
  return (
    <>
      <Next details={details} />
      {mayPay && onItsWay && (
        <Notice kind="info" word={<Words id="invoices.onItsWay" />}>
          <Words id="invoices.onItsWayWhy" />
        </Notice>
      )}
      {!mayPay && isUnpaid && (
        <p>
          {payers.length > 0 ? (
            <Words id="invoices.members" values={{ names: <b>{format.list(payers)}</b> }} />
          ) : (
            <Words id="invoices.membersPlain" />
          )}
        </p>
      )}
      {debt && (
        <div className="flex flex-col gap-2 sm:flex-row sm:items-center sm:gap-6">
          <Link
            to={fixPathWith('pay-invoice', undefined, { invoice: invoice.id })}
            className={`${buttonLook('primary', false)} max-sm:w-full`}
          >
            <Words id="invoices.payOne" values={{ amount: format.money(debt.total) }} />
          </Link>
          <LinkButton aria-haspopup="dialog" onClick={() => share(true)}>
            <Words id="invoice.share" />
          </LinkButton>
        </div>
      )}
      {sharing && debt && (
        <Dialog title={say('invoice.share')} close={<Words id="share.close" />} onClose={() => share(false)}>
          <FinanceLink visit={{ now }} debt={debt} fix="pay-invoice" />
          <OpenLinks now={now} />
        </Dialog>
      )}
    </>
  )
}

function Next({ details: { invoice, papers, now } }: { readonly details: InvoiceDetails }) {
  const format = useFormat()
  const words = nextOf(invoice, papers?.attempts.some(({ result }) => result === 'declined') === true)
  if (words === undefined) return null
  return (
    <p className="max-w-measure text-quiet">
      {words === 'invoice.nextAttempt' ? (
        <Words id={words} values={{ day: format.day(invoice.nextAttempt ?? now, now) }} />
      ) : words === 'invoice.byHand' ? (
        <Words id={words} values={{ day: format.day(invoice.due, now) }} />
      ) : (
        <Words id={words} />
      )}
    </p>
  )
}

function nextOf({ state, nextAttempt }: InvoiceDetails['invoice'], declined: boolean) {
  if (state === 'void') return 'invoice.void'
  if (state === 'written_off') return 'invoice.writtenOff'
  if (state === 'disputed') return 'invoice.disputed'
  if (nextAttempt !== undefined && (state === 'overdue' || state === 'open')) return 'invoice.nextAttempt'
  if (state === 'due') return 'invoice.byHand'
  return state === 'overdue' && declined ? 'invoice.noAttempt' : undefined
}
