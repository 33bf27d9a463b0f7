import type { Owed } from '#contract/invoice.ts'
import type { Visit } from '#contract/visit.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import { owedQuery } from '#portal/api/invoices.ts'
import { AskUs, Frame } from '#portal/frame.tsx'
import { paths } from '#portal/paths.ts'
import { LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { PayForm } from '#portal/payments/pay-form.tsx'
import { useReturnFromBank } from '#portal/payments/return-from-bank.ts'
import { firstChoice } from '#portal/payments/saved-methods.tsx'
import { usePayment } from '#portal/payments/use-payment.ts'
import { useWords, Words, type Say } from '#portal/words/words.ts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from 'react-router-dom'

/** Which invoices the address names: one by its id, or all of a currency. */
export type Chosen = { readonly invoice: string; readonly currency: string | undefined }

export function chosenIn(search: string): Chosen | undefined {
  const given = new URLSearchParams(search)
  const invoice = given.get('invoice') ?? ''
  if (invoice !== 'all' && !/^in_\w+$/.test(invoice)) return undefined
  return { invoice, currency: given.get('currency') ?? undefined }
}

/** Pays what was chosen among the invoices, whether or not anything is stopped by it. */
export function PayChosen({ visit, chosen }: { readonly visit: Visit; readonly chosen: Chosen }) {
  const { say } = useWords()
  const { data: owed } = useSuspenseQuery(owedQuery)
  const payment = usePayment(visit, 'pay-invoice', 'pay-invoice', { home: paths.invoices })
  useReturnFromBank(visit.check?.id)
  const debt = debtFor(owed, chosen)
  const { kind } = payment.situation
  // Paid meanwhile, or on its way: the list says which.
  if (!debt && kind !== 'busy' && kind !== 'over') return <LeaveWhenMended visit={visit} to={paths.invoices} />
  return (
    <Frame
      visit={visit}
      headline={headlineOf(debt, say)}
      why={
        <Words
          id={debt && debt.invoices.length > 1 ? 'payChosen.whySeveral' : 'payChosen.why'}
          values={{ account: <bdi>{visit.account.label}</bdi> }}
        />
      }
      ways={[
        <Link key="back" to={paths.invoices} className="link target">
          <Words id="invoice.back" />
        </Link>,
        <AskUs key="us" merchant={visit.merchant} />,
      ]}
      next={<Words id="payChosen.next" />}
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

function headlineOf(debt: Debt | undefined, say: Say): string {
  const [only, ...others] = debt?.invoices ?? []
  if (others.length > 0) return say('payChosen.several', { count: others.length + 1 })
  return only?.number === undefined ? say('payChosen.onePlain') : say('payChosen.one', { number: only.number })
}

function debtFor({ toPay, writtenOff }: Owed, { invoice, currency }: Chosen): Debt | undefined {
  if (invoice === 'all') return toPay.debts.find(({ total }) => total.currency === (currency ?? total.currency))
  for (const { invoices } of [...toPay.debts, ...writtenOff]) {
    const found = invoices.find(({ id }) => id === invoice)
    if (found) return { invoices: [found], total: found.remaining }
  }
  return undefined
}
