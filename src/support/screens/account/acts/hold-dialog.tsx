import { actWords, holdWords } from '#support/words/acts.ts'
import { TextField } from '#ui/field.tsx'
import { useState } from 'react'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'

export function HoldDialog(props: ActDialogProps) {
  const { answer, acts } = props
  const held = acts.hold.staff
  const [note, setNote] = useState(held?.note ?? '')
  const { label } = answer.account
  return (
    <ActDialog
      {...props}
      title={held ? actWords.holdChange : actWords.hold}
      path="hold"
      go={held ? holdWords.change : holdWords.go}
      body={() => (note.trim() === '' ? {} : { note: note.trim() })}
      means={held ? undefined : <p>{holdWords.means(label)}</p>}
    >
      {(errors) => (
        <TextField
          id="act-note"
          label={holdWords.note}
          note={holdWords.optional}
          hint={holdWords.noteHint}
          value={note}
          maxLength={500}
          onType={setNote}
          error={errors['note']}
        />
      )}
    </ActDialog>
  )
}

export function LiftDialog(props: ActDialogProps) {
  const { answer, acts } = props
  return (
    <ActDialog
      {...props}
      title={actWords.lift}
      path="lift-hold"
      go={holdWords.liftGo}
      body={() => ({})}
      means={<p>{acts.hold.app ? holdWords.liftStays : holdWords.liftMeans(answer.account.label)}</p>}
    />
  )
}
