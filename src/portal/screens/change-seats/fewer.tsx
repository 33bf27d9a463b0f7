import type { SeatsAnswer } from '#contract/holding.ts'
import { usePlanAct } from '#portal/acting/use-plan-act.ts'
import { ActNotice } from '#portal/acting/act-notice.tsx'
import { saleOf } from '#portal/buying/seat-sale.ts'
import { paths, type Done } from '#portal/paths.ts'
import { SaleDue } from '#portal/payments/sale-due.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { useNavigate } from 'react-router-dom'

/** Seats are given back: nothing is charged, so no card is asked for. */
export function Fewer({ answer, pricing }: { readonly answer: SeatsAnswer; readonly pricing: boolean }) {
  const { say } = useWords()
  const navigate = useNavigate()
  const done: Done = { changed: true }
  const { situation, act } = usePlanAct(
    answer.subscription,
    () => void navigate(paths.plan, { replace: true, state: done }),
  )
  const sale = saleOf(answer, undefined, say)
  const busy = situation === 'busy' || pricing
  return (
    <Card>
      <div aria-busy={pricing} className={pricing ? 'opacity-50' : ''}>
        <SaleDue sale={sale} />
      </div>
      <ActNotice situation={situation} />
      <Button
        busy={busy}
        busyText={<Words id={pricing ? 'busy.pricing' : 'act.busy'} />}
        onClick={() => act({ act: 'fewer-seats', plan: sale.plan })}
      >
        <Words id="change.seatsFewer" values={{ count: answer.quantity }} />
      </Button>
    </Card>
  )
}
