import type { DeskAnswer } from '#contract/desk-answer.ts'
import { actsQuery } from '#support/api/acts.ts'
import { useSession } from '#support/frame.tsx'
import { noteWords } from '#support/words/acts.ts'
import { LinkButton } from '#ui/button.tsx'
import { useQuery } from '@tanstack/react-query'
import type { Ask } from './asked.ts'
import { NoteDialog } from './note-dialog.tsx'
import { OpenNotes } from './notes.tsx'
import { placeNotes } from './place-notes.ts'

type BlockerNotesProps = { readonly answer: DeskAnswer; readonly place: number; readonly ask: Ask }

/** What colleagues have written on one blocker, and where the next note on it begins. */
export function BlockerNotes({ answer, place, ask }: BlockerNotesProps) {
  const { rights } = useSession()
  const { data: acts } = useQuery(actsQuery(answer))
  const on = answer.blockers[place]
  if (!acts || !on) return null
  const about = { kind: 'reason', reason: on.blocker.reason } as const
  return (
    <div className="flex min-w-0 flex-col gap-2 text-small">
      <OpenNotes notes={placeNotes(acts.notes, answer.blockers).at[place] ?? []} acts={acts} ask={ask} />
      {rights.includes('note') && (
        <p>
          <LinkButton
            aria-label={noteWords.writeOn(on.title)}
            onClick={() => ask({ acts, dialog: (props) => <NoteDialog {...props} about={about} /> })}
          >
            {noteWords.write}
          </LinkButton>
        </p>
      )}
    </div>
  )
}
