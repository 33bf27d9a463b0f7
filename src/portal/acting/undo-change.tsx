import type { Planned } from '#contract/planned.ts'
import { Words } from '#portal/words/words.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { ActNotice } from './act-notice.tsx'
import { usePlanAct } from './use-plan-act.ts'

type UndoChangeProps = {
  readonly subscription: string
  /** As the one thing to do, or beside others. */
  readonly kind: 'primary' | 'link'
  readonly onDone: () => void
}

/** Takes back a change that has not begun: one click, because nothing is lost or charged by it. */
export function UndoChange({ subscription, kind, onDone }: UndoChangeProps) {
  const { situation, act } = usePlanAct(subscription, onDone)
  const busy = situation === 'busy'
  const undo = () => act({ act: 'undo', subscription })
  return (
    <>
      <ActNotice situation={situation} />
      {kind === 'primary' ? (
        <Button busy={busy} busyText={<Words id="act.busy" />} onClick={undo}>
          <Words id="act.undo" />
        </Button>
      ) : (
        <LinkButton aria-disabled={busy || undefined} onClick={undo}>
          <Words id={busy ? 'act.busy' : 'act.undo'} />
        </LinkButton>
      )}
    </>
  )
}

/** Where undoing brings an end back that the choice took away. */
export function EndsAgain({ planned: { endsAgain, mayUndo } }: { readonly planned: Planned }) {
  return (
    endsAgain &&
    mayUndo && (
      <>
        {' '}
        <Words id="planned.endsAgain" />
      </>
    )
  )
}
