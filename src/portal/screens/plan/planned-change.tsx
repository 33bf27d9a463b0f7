import type { Holding, Holdings, PlanAct } from '#contract/holding.ts'
import { plannedIn } from '#portal/acting/planned-words.ts'
import { EndsAgain, UndoChange } from '#portal/acting/undo-change.tsx'
import { useFormat } from '#portal/format.ts'
import { intervalIn } from '#portal/payments/sale-due.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { Notice } from '#ui/notice.tsx'

type PlannedChangeProps = {
  readonly page: Holdings
  readonly holding: Holding
  readonly onDone: (act: PlanAct) => void
}

/** "Changes to Starter on 1 January", what it costs then, and the way back. What ends before never changes. */
export function PlannedChange({ page: { now }, holding, onDone }: PlannedChangeProps) {
  const { say } = useWords()
  const format = useFormat()
  const { planned, plan, cancelAt, interval, id, standing } = holding
  if (!planned || standing === 'stopped' || (cancelAt !== undefined && cancelAt <= planned.at)) return null
  const { price, quantity, seatsOnly, mayUndo } = planned
  return (
    <Notice kind="info" word={plannedIn(planned, now, say, format)}>
      {seatsOnly ? (
        <Words id="planned.keepsSeats" values={{ count: holding.quantity }} />
      ) : (
        <Words id="planned.keeps" values={{ plan: <bdi>{plan}</bdi> }} />
      )}{' '}
      {price && interval && (
        <Words
          id="planned.then"
          values={{
            price: <bdi>{format.money(price)}</bdi>,
            every: intervalIn(interval, say, seatsOnly ? quantity : 1),
          }}
        />
      )}
      <EndsAgain planned={planned} />
      {mayUndo && (
        <div>
          <UndoChange subscription={id} kind="link" onDone={() => onDone({ act: 'undo', subscription: id })} />
        </div>
      )}
    </Notice>
  )
}
