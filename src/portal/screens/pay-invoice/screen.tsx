import type { Visit } from '#contract/visit.ts'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { AskUs, Frame } from '#portal/frame.tsx'
import { useFormat } from '#portal/format.ts'
import { AskColleague } from '#portal/payments/ask-colleague.tsx'
import type { Debt } from '#diagnosis/diagnosis.ts'
import { debtIn, troubleFor } from '#portal/payments/debt.ts'
import { isMended, LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { PayForm } from '#portal/payments/pay-form.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { firstChoice } from '#portal/payments/saved-methods.tsx'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { useLocation } from 'react-router-dom'
import { chosenIn, PayChosen } from './pay-chosen.tsx'

export function Component() {
  const visit = useVisit()
  const chosen = chosenIn(useLocation().search)
  if (mustAsk(visit) || (chosen && !visit.mayPay)) return <AskAdmin visit={visit} />
  return chosen ? <PayChosen visit={visit} chosen={chosen} /> : <PayInvoice visit={visit} />
}

function PayInvoice({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const payment = usePayment(visit, 'pay-invoice', 'pay-invoice')
  useReturnFromBank(visit.check?.id)

  if (isMended(visit, 'pay-invoice', payment.situation)) return <LeaveWhenMended visit={visit} />
  const trouble = troubleFor(visit, 'pay-invoice')
  const debt = trouble && debtIn(visit, trouble)
  const app = visit.app.name

  return (
    <Frame
      visit={visit}
      headline={say('reason.invoice_overdue')}
      why={debt && <Why visit={visit} debt={debt} until={trouble && 'at' in trouble ? trouble.at : undefined} />}
      ways={[<AskColleague key="ask" visit={visit} />, <AskUs key="us" merchant={visit.merchant} />]}
      next={<Words id="frame.returnNext" values={{ app }} />}
    >
      <PayForm
        visit={visit}
        payment={payment}
        debt={debt}
        list={visit.methods.length > 0}
        initial={firstChoice(visit, debt?.total.currency)}
      />
    </Frame>
  )
}

type WhyProps = { readonly visit: Visit; readonly debt: Debt; readonly until: number | undefined }

/** What is open since when, and what that stops; `until` when, where nothing has stopped yet. */
function Why({ visit, debt, until }: WhyProps) {
  const format = useFormat()
  const [first] = debt.invoices
  if (!first) return null
  const app = visit.app.name
  const amount = <bdi>{format.money(debt.total)}</bdi>
  const since = format.day(first.due, visit.now)
  if (visit.diagnosis.access && until !== undefined)
    return <Words id="payInvoice.until" values={{ amount, since, app, day: format.day(until, visit.now) }} />
  if (debt.invoices.length > 1)
    return <Words id="payInvoice.several" values={{ count: debt.invoices.length, day: since, app }} />
  const period = <span className="whitespace-nowrap">{format.period(first.period)}</span>
  return <Words id="payInvoice.one" values={{ amount, period, day: since, app }} />
}
