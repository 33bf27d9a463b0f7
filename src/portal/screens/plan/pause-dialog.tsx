import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { ActNotice } from '#portal/acting/act-notice.tsx'
import type { DialogProps } from './cancel-dialog.tsx'
import { Consequences } from './consequences.tsx'
import { usePlanAct } from '#portal/acting/use-plan-act.ts'

/** A pause stops access as well as invoices, and that is said before it happens. */
export function PauseDialog({ page: { now, app }, holding, onClose, onDone }: DialogProps) {
  const format = useFormat()
  const { id, plan, periodEnd, price } = holding
  const { situation, act } = usePlanAct(id, onDone)
  const name = <bdi>{plan}</bdi>
  return (
    <Dialog
      title={<Words id="pause.title" values={{ plan: name }} />}
      close={<Words id="act.close" />}
      onClose={onClose}
    >
      <Consequences>
        <Words id="pause.access" values={{ app: <bdi>{app.name}</bdi> }} />
        <Words id="pause.free" />
        <Words id="pause.paid" values={{ day: format.day(periodEnd, now) }} />
        {price && <Words id="pause.later" values={{ price: <bdi>{format.money(price)}</bdi> }} />}
        <Words id="pause.undo" values={{ app: <bdi>{app.name}</bdi> }} />
      </Consequences>
      <ActNotice situation={situation} />
      <Button
        busy={situation === 'busy'}
        busyText={<Words id="act.busy" />}
        onClick={() => act({ act: 'pause', subscription: id })}
      >
        <Words id="pause.do" values={{ plan: name }} />
      </Button>
    </Dialog>
  )
}
