import type { Visit } from '#contract/visit.ts'
import { useFormat } from '#portal/format.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { AmountDue } from './amount-due.tsx'
import { isSale, planFor, type Bill } from './debt.ts'
import { BusyWords, SaleWords } from './pay-button.tsx'
import { SituationNotice } from './situation-notice.tsx'
import type { Payment } from './use-payment.ts'

type UnfinishedCardProps = {
  readonly visit: Visit
  readonly unfinished: NonNullable<Visit['unfinished']>
  readonly payment: Payment
  readonly debt: Bill | undefined
}

/** A card whose bank check was cut short: it need not be typed again. */
export function UnfinishedCard({ visit, unfinished, payment, debt }: UnfinishedCardProps) {
  const { say } = useWords()
  const format = useFormat()
  const { situation } = payment
  const busy = situation.kind === 'busy' || situation.kind === 'over'
  const card = unfinished.method ? format.face(unfinished.method) : say('updateCard.unknownCard')
  return (
    <Card>
      <p>
        <Words
          id={unfinished.saved ? 'updateCard.saved' : 'updateCard.unfinished'}
          values={{ card: <bdi>{card}</bdi> }}
        />
      </p>
      {debt && <AmountDue debt={debt} now={visit.now} />}
      <SituationNotice
        visit={visit}
        situation={situation}
        total={debt?.total}
        onAskAgain={() => void payment.askAgain()}
      />
      {situation.kind !== 'unknown' && (
        <Button
          busy={busy}
          {...(busy && { busyText: <BusyWords situation={situation} /> })}
          onClick={() => void payment.payWithUnfinished(unfinished, planFor(debt))}
        >
          {debt && isSale(debt) ? (
            <SaleWords sale={debt} />
          ) : debt ? (
            <Words id="pay.with" values={{ amount: format.money(debt.total), card }} />
          ) : (
            <Words id={unfinished.saved ? 'pay.saveOnly' : 'pay.continueToBank'} />
          )}
        </Button>
      )}
    </Card>
  )
}
