import { putEntries, resend, type Asked } from '#support/api/timeline.ts'
import { resendWords } from '#support/words/timeline.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TextField } from '#ui/field.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

type ResendProps = { readonly asked: Asked; readonly event: string; readonly onClose: () => void }

/** Asks why, and queues the event. What comes of it is seen in its entry, which goes on being looked at. */
export function ResendDialog({ asked, event, onClose }: ResendProps) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const [isShort, setShort] = useState(false)
  const sending = useMutation({
    mutationFn: () => resend(asked, event, reason.trim()),
    onSuccess: ({ entry }) => {
      putEntries(client, asked, [entry])
      onClose()
    },
  })
  function send() {
    const tooShort = reason.trim().length < 3
    setShort(tooShort)
    if (!tooShort) sending.mutate()
  }
  return (
    <Dialog title={resendWords.title} close={resendWords.cancel} onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(submit) => {
          submit.preventDefault()
          send()
        }}
      >
        <p className="text-quiet">{resendWords.why}</p>
        <TextField
          id="resend-reason"
          label={resendWords.reason}
          hint={resendWords.hint}
          value={reason}
          maxLength={300}
          onType={setReason}
          {...(isShort && { error: resendWords.tooShort })}
        />
        {sending.isError && <p role="alert">{resendWords.failed}</p>}
        <Button type="submit" busy={sending.isPending} busyText={resendWords.sending}>
          {resendWords.send}
        </Button>
      </form>
    </Dialog>
  )
}
