import type { DeskActs } from '#contract/desk-acts.ts'
import type { DeskAnswer } from '#contract/desk-answer.ts'
import type { StaffDeed } from '#contract/staff.ts'
import { actsQuery } from '#support/api/acts.ts'
import { useSession } from '#support/frame.tsx'
import { actWords, graceWords } from '#support/words/acts.ts'
import { frameWords } from '#support/words/frame.ts'
import { LinkButton } from '#ui/button.tsx'
import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import type { ActDialogProps } from './act-dialog.tsx'
import type { Asked } from './asked.ts'
import { GoodwillDialog } from './goodwill-dialog.tsx'
import { GraceDialog, TakeGraceBackDialog } from './grace-dialog.tsx'
import { HoldDialog, LiftDialog } from './hold-dialog.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { Notes } from './notes.tsx'
import { ReReadDialog } from './re-read-dialog.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { Standing } from './standing.tsx'

type Deed = {
  readonly name: string
  readonly right: StaffDeed
  readonly word: (acts: DeskActs) => string
  /** Whether there is anything that it could do now. */
  readonly isOpen: (acts: DeskActs) => boolean
  readonly Dialog: ComponentType<ActDialogProps>
}

const always = () => true

/** In the order in which they are needed: what helps the customer first. */
const deeds: readonly Deed[] = [
  { name: 're-read', right: 're-read', word: () => actWords.reRead, isOpen: always, Dialog: ReReadDialog },
  {
    name: 'grace',
    right: 'extend-grace',
    word: ({ grace }) => (grace.until === undefined ? actWords.grace : actWords.graceChange),
    isOpen: ({ grace }) => grace.possible,
    Dialog: GraceDialog,
  },
  {
    name: 'take-back',
    right: 'extend-grace',
    word: () => graceWords.takeBack,
    isOpen: ({ grace }) => grace.until !== undefined,
    Dialog: TakeGraceBackDialog,
  },
  {
    name: 'goodwill',
    right: 'goodwill',
    word: () => actWords.goodwill,
    isOpen: ({ goodwill }) => goodwill.credits !== undefined || goodwill.money !== undefined,
    Dialog: GoodwillDialog,
  },
  { name: 'note', right: 'note', word: () => actWords.note, isOpen: always, Dialog: NoteDialog },
  { name: 'revoke', right: 'revoke-sessions', word: () => actWords.revoke, isOpen: always, Dialog: RevokeDialog },
  {
    name: 'lift',
    right: 'hold',
    word: () => actWords.lift,
    isOpen: ({ hold }) => hold.staff !== undefined,
    Dialog: LiftDialog,
  },
  {
    name: 'hold',
    right: 'hold',
    word: ({ hold }) => (hold.staff ? actWords.holdChange : actWords.hold),
    isOpen: always,
    Dialog: HoldDialog,
  },
]

type ActsProps = {
  readonly answer: DeskAnswer
  readonly asked: Asked | undefined
  readonly ask: (asked: Asked | undefined) => void
}

/** What staff may do about it; the answer above does not wait for it. */
export function Acts({ answer, asked, ask }: ActsProps) {
  const { data: acts, isError, refetch } = useQuery(actsQuery(answer))
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-title font-semibold">{actWords.title}</h2>
      {acts && <Known answer={answer} acts={acts} ask={ask} />}
      {!acts && !isError && <p className="text-quiet">{actWords.loading}</p>}
      {!acts && isError && (
        <p role="alert">
          {frameWords.failed} <LinkButton onClick={() => void refetch()}>{frameWords.again}</LinkButton>
        </p>
      )}
      {asked?.dialog({ answer, acts: asked.acts, onClose: () => ask(undefined) })}
    </section>
  )
}

/** What stands of what staff did, what they can do now, and what they have told each other. */
function Known({ answer, acts, ask }: Omit<ActsProps, 'asked'> & { readonly acts: DeskActs }) {
  const { rights } = useSession()
  const offered = deeds.filter(({ right, isOpen }) => rights.includes(right) && isOpen(acts))
  return (
    <>
      <Standing acts={acts} />
      <div className="flex flex-wrap gap-2">
        {offered.map(({ name, word, Dialog }) => (
          <button
            key={name}
            type="button"
            onClick={() => ask({ acts, dialog: (props) => <Dialog {...props} /> })}
            className="target cursor-pointer rounded-control border border-edge px-3 py-1.5 text-small font-medium hover:bg-sunken"
          >
            {word(acts)}
          </button>
        ))}
      </div>
      <Notes answer={answer} acts={acts} ask={ask} />
    </>
  )
}
