import type { ListedInvoice } from '#contract/invoice.ts'
import type { Instant } from '#diagnosis/account.ts'
import type { InvoiceStanding } from '#diagnosis/invoice-standing.ts'
import { Badge } from '#ui/badge.tsx'
import type { IconName } from '#ui/icon.tsx'
import { useFormat } from './format.ts'
import { Words } from './words/words.ts'

const looks = {
  open: { tone: 'plain', icon: 'clock' },
  due: { tone: 'plain', icon: 'clock' },
  overdue: { tone: 'danger', icon: 'warning' },
  processing: { tone: 'plain', icon: 'clock' },
  confirm: { tone: 'warning', icon: 'bank' },
  paid: { tone: 'plain', icon: 'success' },
  refunded: { tone: 'plain', icon: 'back' },
  partly_refunded: { tone: 'plain', icon: 'back' },
  disputed: { tone: 'warning', icon: 'bank' },
  charged_back: { tone: 'warning', icon: 'bank' },
  credited: { tone: 'plain', icon: 'back' },
  partly_credited: { tone: 'plain', icon: 'back' },
  written_off: { tone: 'plain', icon: 'info' },
  void: { tone: 'plain', icon: 'info' },
} as const satisfies Record<InvoiceStanding, { tone: 'plain' | 'danger' | 'warning'; icon: IconName }>

type InvoiceStateProps = { readonly invoice: Pick<ListedInvoice, 'state' | 'due'>; readonly now: Instant }

/** How an invoice stands, in a word. */
export function InvoiceState({ invoice, now }: InvoiceStateProps) {
  const format = useFormat()
  const { state, due } = invoice
  const { tone, icon } = looks[state]
  const day = format.shortDay(due, now)
  return (
    <Badge tone={tone} icon={icon}>
      <span>
        {state === 'due' ? (
          <Words id="invoiceState.due" values={{ when: format.fromNow(due, now), day }} />
        ) : state === 'overdue' ? (
          <Words id="invoiceState.overdue" values={{ day }} />
        ) : (
          <Words id={`invoiceState.${state}`} />
        )}
      </span>
    </Badge>
  )
}
