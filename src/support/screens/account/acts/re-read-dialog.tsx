import type { DeskDone, ReadChange } from '#contract/desk-acts.ts'
import { format } from '#support/format.ts'
import { actWords, changeWords, reReadWords } from '#support/words/acts.ts'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'

/** Asks Stripe now and shows what is otherwise. */
export function ReReadDialog(props: ActDialogProps) {
  return (
    <ActDialog
      {...props}
      title={actWords.reRead}
      path="re-read"
      go={reReadWords.go}
      body={() => ({})}
      means={<p>{reReadWords.means}</p>}
      after={({ done }) => (done.deed === 're-read' ? <Changes done={done} /> : undefined)}
    />
  )
}

function Changes({ done: { changes, since } }: { readonly done: Extract<DeskDone, { deed: 're-read' }> }) {
  if (since === undefined) return <p>{reReadWords.first}</p>
  if (changes.length === 0) return <p>{reReadWords.same}</p>
  return (
    <div>
      <p className="font-medium">{reReadWords.changed}</p>
      <ul className="list-disc ps-5">
        {changes.map((change) => (
          <li key={JSON.stringify(change)}>{sentence(change)}</li>
        ))}
      </ul>
    </div>
  )
}

function sentence(change: ReadChange): string {
  switch (change.what) {
    case 'access':
      return changeWords.access(change.after)
    case 'blockers': {
      const [before, after] = [change.before, change.after].map((reasons) => reasons.join(', ') || changeWords.nothing)
      return changeWords.blockers(before ?? '', after ?? '')
    }
    case 'customer':
      return changeWords.customer(change.before, change.after)
    case 'subscription':
      return changeWords.subscription(
        change.plan,
        change.before ?? changeWords.unknownBefore,
        change.after ?? changeWords.gone,
      )
    case 'invoice':
      return invoiceChanged(change)
    case 'method': {
      const [before, after] = [change.before, change.after].map((face) =>
        face ? format.face({ id: '', ...face }) : changeWords.noMethod,
      )
      return changeWords.method(before ?? '', after ?? '')
    }
  }
}

function invoiceChanged({ invoice, before, after }: Extract<ReadChange, { what: 'invoice' }>): string {
  if (after && before) return changeWords.invoiceChanged(invoice, format.money(before), format.money(after))
  if (after) return changeWords.invoiceOpened(invoice, format.money(after))
  return changeWords.invoiceClosed(invoice, before ? format.money(before) : '')
}
