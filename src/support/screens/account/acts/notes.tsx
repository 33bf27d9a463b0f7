import type { DeskActs, DeskNote } from '#contract/desk-acts.ts'
import type { DeskAnswer } from '#contract/desk-answer.ts'
import { format } from '#support/format.ts'
import { useSession } from '#support/frame.tsx'
import { actWords, noteWords } from '#support/words/acts.ts'
import { LinkButton } from '#ui/button.tsx'
import { Disclosure } from '#ui/disclosure.tsx'
import type { Ask } from './asked.ts'
import { CloseNoteDialog, NoteDialog } from './note-dialog.tsx'
import { placeNotes } from './place-notes.ts'

type NotesProps = { readonly answer: DeskAnswer; readonly acts: DeskActs; readonly ask: Ask }

/** What staff have told each other about what stops nothing just now, in sight; notes that are closed behind a line. */
export function Notes({ answer: { blockers }, acts, ask }: NotesProps) {
  const { elsewhere, closed } = placeNotes(acts.notes, blockers)
  if (elsewhere.length + closed.length === 0) return null
  return (
    <div className="flex flex-col gap-3">
      <h3 className="font-semibold">
        {actWords.notes} <span className="text-small font-normal text-quiet">{actWords.notesWhy}</span>
      </h3>
      <OpenNotes notes={elsewhere} acts={acts} ask={ask} />
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

type OpenNotesProps = Pick<NotesProps, 'acts' | 'ask'> & { readonly notes: readonly DeskNote[] }

/** Notes that hold, each to be written anew or closed by whoever may. */
export function OpenNotes({ notes, acts, ask }: OpenNotesProps) {
  const { rights } = useSession()
  if (notes.length === 0) return null
  return (
    <ul className="flex flex-col gap-3">
      {notes.map((note) => (
        <li key={note.id} className="flex flex-col gap-1">
          <Note note={note} acts={acts} />
          {rights.includes('note') && (
            <p className="flex gap-4 text-small">
              <LinkButton onClick={() => ask({ acts, dialog: (props) => <NoteDialog {...props} replaces={note} /> })}>
                {noteWords.rewrite}
              </LinkButton>
              <LinkButton onClick={() => ask({ acts, dialog: (props) => <CloseNoteDialog {...props} note={note} /> })}>
                {noteWords.close}
              </LinkButton>
            </p>
          )}
        </li>
      ))}
    </ul>
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
