import { ActNotice } from '#portal/acting/act-notice.tsx'
import { usePlanAct } from '#portal/acting/use-plan-act.ts'
import { useFormat } from '#portal/format.ts'
import { paths, type Done } from '#portal/paths.ts'
import { intervalIn, isRegular, SaleDue } from '#portal/payments/sale-due.tsx'
import type { Sale } from '#portal/payments/sale.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router-dom'

type ForNothingProps = {
  readonly sale: Sale
  readonly subscription: string
  readonly now: number
  /** Its price is being asked for. */
  readonly pricing?: boolean
  /** What the button does, on that day or at once. */
  readonly doing: (day: string | undefined) => ReactNode
}

/** A change for which nothing is due now: no card is asked for, and what begins when is said. */
export function ForNothing({ sale, subscription, now, pricing = false, doing }: ForNothingProps) {
  const format = useFormat()
  const navigate = useNavigate()
  const { later } = sale
  const done: Done = later ? { planned: true } : { changed: true }
  const { situation, act } = usePlanAct(subscription, () => void navigate(paths.plan, { replace: true, state: done }))
  const day = later && format.day(later.at, now)
  return (
    <Card>
      <div aria-busy={pricing} className={pricing ? 'flex flex-col gap-2 opacity-50' : 'flex flex-col gap-2'}>
        {later && day !== undefined ? <LaterDue sale={sale} later={later} day={day} /> : <SaleDue sale={sale} />}
        <p className="text-small text-quiet">
          {day === undefined ? (
            <Words id={sale.period === 'new' && sale.from === undefined ? 'change.atOnceNew' : 'change.atOnce'} />
          ) : (
            <Words id="change.later" values={{ day }} />
          )}
        </p>
        {later?.goesOn && (
          <p className="text-small text-quiet">
            <Words id="change.goesOn" />
          </p>
        )}
      </div>
      <ActNotice situation={situation} />
      <Button
        busy={situation === 'busy' || pricing}
        busyText={<Words id={pricing ? 'busy.pricing' : 'act.busy'} />}
        onClick={() => act({ act: 'change', plan: sale.plan })}
      >
        {doing(day)}
      </Button>
    </Card>
  )
}

type LaterDueProps = { readonly sale: Sale; readonly later: NonNullable<Sale['later']>; readonly day: string }

/** The sum of that day; where it is the usual one, that is all there is to say. */
function LaterDue({ sale, later, day }: LaterDueProps) {
  const { say } = useWords()
  const { credit: _, tax: __, ...rest } = sale
  const { due: total, at: ___, ...parts } = later
  const then: Sale = { ...rest, ...parts, total }
  const every = sale.every && intervalIn(sale.every.interval, say, sale.plan.quantity)
  return (
    <SaleDue
      sale={then}
      label={
        every !== undefined && isRegular(then) ? (
          <Words id="buy.fromDay" values={{ day, every }} />
        ) : (
          <Words id="buy.onDay" values={{ day }} />
        )
      }
    />
  )
}
