import type { Discount } from '#contract/holding.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { ActNotice } from '#portal/acting/act-notice.tsx'
import type { DialogProps } from './cancel-dialog.tsx'
import { usePlanAct } from '#portal/acting/use-plan-act.ts'

/** A discount may not come back, so it is asked for once more. */
export function RemoveDialog({
  holding: { id },
  discount,
  onClose,
  onDone,
}: DialogProps & { readonly discount: Discount }) {
  const { situation, act } = usePlanAct(id, onDone)
  return (
    <Dialog title={<Words id="uncode.title" />} close={<Words id="act.close" />} onClose={onClose}>
      <p>
        <Words id="uncode.why" values={{ discount: <bdi>{discount.name}</bdi> }} />
      </p>
      <ActNotice situation={situation} />
      <Button
        busy={situation === 'busy'}
        busyText={<Words id="act.busy" />}
        onClick={() => act({ act: 'remove-code', subscription: id, discount: discount.id })}
      >
        <Words id="uncode.do" />
      </Button>
    </Dialog>
  )
}
