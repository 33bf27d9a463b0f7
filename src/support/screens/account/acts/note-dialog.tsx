import type { DeskNote } from '#contract/desk-acts.ts'
import { actWords, noteWords } from '#support/words/acts.ts'
import { SelectField, TextArea } from '#ui/field.tsx'
import { useState } from 'react'
import { ActDialog, type ActDialogProps } from './act-dialog.tsx'

type NoteDialogProps = ActDialogProps & {
  /** The one that it takes the place of. */
  readonly replaces?: DeskNote
  /** What it is about unless somebody chooses otherwise. */
  readonly about?: DeskNote['about']
}

/** A note on what blocks, or on an invoice, for colleagues. */
export function NoteDialog({ replaces, about: first, ...props }: NoteDialogProps) {
  const { acts, answer } = props
  const { reasons, invoices } = acts.about
  const blocking = answer.blockers.map(({ blocker }) => blocker.reason)
  const options = [
    ...[...new Set([...blocking, ...reasons])].map((reason) => ({ value: `reason ${reason}`, label: reason })),
    ...invoices.map(({ id, number }) => ({ value: `invoice ${id}`, label: noteWords.invoice(number ?? id) })),
  ]
  const known = options.length > 0 ? options : [{ value: 'reason unknown', label: 'unknown' }]
  const [about, setAbout] = useState(first ? valueOf(first) : (known[0]?.value ?? ''))
  const [text, setText] = useState(replaces?.text ?? '')
  const [missing, setMissing] = useState(false)

  function body() {
    const written = text.trim()
    setMissing(written === '')
    if (written === '') return undefined
    const [kind, id] = about.split(' ')
    const pinned = kind === 'invoice' ? { kind, invoice: id } : { kind: 'reason', reason: id }
    return { about: replaces?.about ?? pinned, text: written, ...(replaces && { replaces: replaces.id }) }
  }

  return (
    <ActDialog
      {...props}
      title={replaces ? noteWords.rewrite : actWords.note}
      path="notes"
      go={noteWords.go}
      body={body}
      means={
        <>
          <p>{noteWords.means}</p>
          {replaces && <p>{noteWords.rewriteMeans}</p>}
        </>
      }
    >
      {(errors) => (
        <>
          {!replaces && (
            <SelectField
              id="act-about"
              label={noteWords.about}
              value={about}
              onChoose={setAbout}
              groups={[{ options: known }]}
              error={errors['about']}
            />
          )}
          <TextArea
            id="act-text"
            label={noteWords.text}
            hint={noteWords.hint}
            value={text}
            maxLength={2_000}
            rows={4}
            onType={setText}
            error={missing ? noteWords.missing : (errors['text'] ?? errors['replaces'])}
          />
        </>
      )}
    </ActDialog>
  )
}

function valueOf(about: DeskNote['about']): string {
  return `${about.kind} ${about.kind === 'invoice' ? about.invoice : about.reason}`
}

export function CloseNoteDialog({ note, ...props }: ActDialogProps & { readonly note: DeskNote }) {
  return (
    <ActDialog
      {...props}
      title={noteWords.closeTitle}
      path={`notes/${note.id}/close`}
      go={noteWords.closeGo}
      body={() => ({})}
      means={
        <>
          <blockquote className="border-s-2 border-edge ps-3 break-words whitespace-pre-line">{note.text}</blockquote>
          <p>{noteWords.closeMeans}</p>
        </>
      }
    />
  )
}
