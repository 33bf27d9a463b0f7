import type { Visit } from '#contract/visit.ts'
import type { Method } from '#diagnosis/account.ts'
import type { Debt } from '#diagnosis/diagnosis.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { Icon } from '#ui/icon.tsx'
import { AmountDue } from './amount-due.tsx'
import { BusyWords } from './pay-button.tsx'
import { SituationNotice } from './situation-notice.tsx'
import type { Payment } from './use-payment.ts'

type BankCheckCardProps = {
  readonly visit: Visit
  readonly payment: Payment
  readonly debt: Debt
  /** The invoice that waits for the bank's check. */
  readonly invoice: string
  readonly method: Method | undefined
}

/** What will happen in the bank's window, and the one button that opens it. */
export function BankCheckCard({ visit, payment, debt, invoice, method }: BankCheckCardProps) {
  const format = useFormat()
  const { situation } = payment
  const busy = situation.kind === 'busy' || situation.kind === 'over'
  return (
    <Card>
      <div className="flex gap-3">
        <span className="text-quiet">
          <Icon name="bank" />
        </span>
        <p>
          <Words id="confirm.look" />
        </p>
      </div>
      <div className="border-t border-hairline pt-4">
        <AmountDue debt={debt} now={visit.now} />
        {method && (
          <p className="text-small text-quiet">
            <Words id="confirm.method" values={{ card: <bdi>{format.face(method)}</bdi> }} />
          </p>
        )}
      </div>
      <SituationNotice
        visit={visit}
        situation={situation}
        total={debt.total}
        onAskAgain={() => void payment.askAgain()}
      />
      {situation.kind !== 'unknown' && (
        <Button
          busy={busy}
          {...(busy && { busyText: <BusyWords situation={situation} /> })}
          onClick={() => void payment.confirmInvoice(invoice)}
        >
          <Words id="pay.continueToBank" />
        </Button>
      )}
    </Card>
  )
}
