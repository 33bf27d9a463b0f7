import type { DeskActs, DeskNote } from '#contract/desk-acts.ts'
import { format } from '#support/format.ts'
import { actWords, noteWords } from '#support/words/acts.ts'
import { LinkButton } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'

type NotesProps = {
  readonly acts: DeskActs
  readonly mayWrite: boolean
  readonly onRewrite: (note: DeskNote) => void
  readonly onClose: (note: DeskNote) => void
}

/** What staff have told each other about this account: open notes in sight, those that are closed behind a line. */
export function Notes({ acts, mayWrite, onRewrite, onClose }: NotesProps) {
  const open = acts.notes.filter(({ closed }) => !closed)
  const closed = acts.notes.filter(({ closed }) => closed)
  if (acts.notes.length === 0) return null
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-semibold">
        {actWords.notes} <span className="text-small font-normal text-quiet">{actWords.notesWhy}</span>
      </h3>
      <ul className="flex flex-col gap-3">
        {open.map((note) => (
          <li key={note.id} className="flex flex-col gap-1">
            <Note note={note} acts={acts} />
            {mayWrite && (
              <p className="flex gap-4 text-small">
                <LinkButton onClick={() => onRewrite(note)}>{noteWords.rewrite}</LinkButton>
                <LinkButton onClick={() => onClose(note)}>{noteWords.close}</LinkButton>
              </p>
            )}
          </li>
        ))}
      </ul>
      {closed.length > 0 && (
        <Disclosure summary={noteWords.older(closed.length)}>
          <ul className="flex flex-col gap-3">
            {closed.map((note) => (
              <li key={note.id} className="text-quiet">
                <Note note={note} acts={acts} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  )
}

function Note({ note, acts: { about, now } }: { readonly note: DeskNote; readonly acts: DeskActs }) {
  const { closed, replacedBy } = note
  return (
    <div className="min-w-0 border-s-2 border-edge ps-3">
      <p className="text-small text-quiet">
        {aboutOf(note, about)} · {noteWords.by(note.staff, format.moment(note.at, now))}
      </p>
      <p className="break-words whitespace-pre-line">{note.text}</p>
      {closed && (
        <p className="text-small">
          {(replacedBy === undefined ? noteWords.closed : noteWords.replaced)(
            closed.staff,
            format.moment(closed.at, now),
          )}
        </p>
      )}
    </div>
  )
}

function aboutOf({ about }: DeskNote, { invoices }: DeskActs['about']): string {
  if (about.kind === 'reason') return about.reason
  return noteWords.invoice(invoices.find(({ id }) => id === about.invoice)?.number ?? about.invoice)
}
