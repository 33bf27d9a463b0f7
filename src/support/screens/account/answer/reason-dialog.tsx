import { linkWords, whyRefused } from '#support/words/link.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextField } from '#ui/field.tsx'
import { useId, useState, type ReactNode, type SubmitEvent } from 'react'

type ReasonDialogProps = {
  readonly title: string
  readonly why: string
  readonly go: string
  readonly busy: boolean
  readonly error: Error | null
  readonly onGo: (reason: string) => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Whatever needs a reason: the customer may read it. */
export function ReasonDialog({ title, why, go, busy, error, onGo, onClose, children }: ReasonDialogProps) {
  const id = useId()
  const [reason, setReason] = useState('')
  const [isShort, setIsShort] = useState(false)
  function submit(event: SubmitEvent) {
    event.preventDefault()
    const said = reason.trim()
    setIsShort(said.length < 3)
    if (said.length >= 3 && !busy) onGo(said)
  }
  return (
    <Dialog title={title} close={linkWords.cancel} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <p>{why}</p>
        {children}
        <TextField
          id={id}
          label={linkWords.reason}
          hint={linkWords.reasonHint}
          value={reason}
          maxLength={300}
          autoComplete="off"
          onType={setReason}
          {...(isShort && { error: linkWords.reasonMissing })}
        />
        {error && (
          <p role="alert" className="font-medium text-danger">
            {whyRefused(error)}
          </p>
        )}
        <Button type="submit" busy={busy}>
          {go}
        </Button>
      </form>
    </Dialog>
  )
}
