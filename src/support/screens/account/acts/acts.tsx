import type { DeskActs, DeskNote } from '#contract/desk-acts.ts'
import type { DeskAnswer } from '#contract/desk-answer.ts'
import type { StaffDeed } from '#contract/staff.ts'
import { actsQuery } from '#support/api/acts.ts'
import { useSession } from '#support/frame.tsx'
import { actWords, graceWords } from '#support/words/acts.ts'
import { frameWords } from '#support/words/frame.ts'
import { LinkButton } from '#ui/button.tsx'
import { useQuery } from '@tanstack/react-query'
import { useState, type ComponentType } from 'react'
import type { ActDialogProps } from './act-dialog.tsx'
import { GoodwillDialog } from './goodwill-dialog.tsx'
import { GraceDialog, TakeGraceBackDialog } from './grace-dialog.tsx'
import { HoldDialog, LiftDialog } from './hold-dialog.tsx'
import { CloseNoteDialog, NoteDialog } from './note-dialog.tsx'
import { Notes } from './notes.tsx'
import { ReReadDialog } from './re-read-dialog.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { Standing } from './standing.tsx'

type Deed = {
  readonly right: StaffDeed
  readonly word: (acts: DeskActs) => string
  /** Whether there is anything that it could do now. */
  readonly isOpen: (acts: DeskActs) => boolean
  readonly Dialog: ComponentType<ActDialogProps>
}

const always = () => true

/** In the order in which they are needed: what helps the customer first. */
const table = {
  're-read': { right: 're-read', word: () => actWords.reRead, isOpen: always, Dialog: ReReadDialog },
  grace: {
    right: 'extend-grace',
    word: ({ grace }) => (grace.until === undefined ? actWords.grace : actWords.graceChange),
    isOpen: ({ grace }) => grace.possible,
    Dialog: GraceDialog,
  },
  'take-back': {
    right: 'extend-grace',
    word: () => graceWords.takeBack,
    isOpen: ({ grace }) => grace.until !== undefined,
    Dialog: TakeGraceBackDialog,
  },
  goodwill: {
    right: 'goodwill',
    word: () => actWords.goodwill,
    isOpen: ({ goodwill }) => goodwill.credits !== undefined || goodwill.money !== undefined,
    Dialog: GoodwillDialog,
  },
  note: { right: 'note', word: () => actWords.note, isOpen: always, Dialog: NoteDialog },
  revoke: { right: 'revoke-sessions', word: () => actWords.revoke, isOpen: always, Dialog: RevokeDialog },
  lift: {
    right: 'hold',
    word: () => actWords.lift,
    isOpen: ({ hold }) => hold.staff !== undefined,
    Dialog: LiftDialog,
  },
  hold: {
    right: 'hold',
    word: ({ hold }) => (hold.staff ? actWords.holdChange : actWords.hold),
    isOpen: always,
    Dialog: HoldDialog,
  },
} as const satisfies Record<string, Deed>
type DeedName = keyof typeof table
const names = Object.keys(table) as readonly DeedName[]

type Asked = { readonly deed: DeedName } | { readonly rewrite: DeskNote } | { readonly close: DeskNote }

/** What staff may do about it; the answer above does not wait for it. */
export function Acts({ answer }: { readonly answer: DeskAnswer }) {
  const { app, account, refused } = answer
  const check = refused?.pinned ? refused.check : undefined
  const { data: acts, isError, refetch } = useQuery(actsQuery(app.id, account.id, check))
  return (
    <section className="flex flex-col gap-4">
      <h2 className="text-title font-semibold">{actWords.title}</h2>
      {acts && <Known answer={answer} acts={acts} />}
      {!acts && !isError && <p className="text-quiet">{actWords.loading}</p>}
      {!acts && isError && (
        <p role="alert">
          {frameWords.failed} <LinkButton onClick={() => void refetch()}>{frameWords.again}</LinkButton>
        </p>
      )}
    </section>
  )
}

/** What stands of what staff did, what they can do now, and what they have told each other. */
function Known({ answer, acts }: { readonly answer: DeskAnswer; readonly acts: DeskActs }) {
  const { rights } = useSession()
  // What an act changes while its result is read is no reason to ask for something else: the dialog keeps what it began with.
  const [open, setOpen] = useState<{ readonly what: Asked; readonly acts: DeskActs }>()
  const begin = (what: Asked) => setOpen({ what, acts })
  const offered = names.filter((name) => rights.includes(table[name].right) && table[name].isOpen(acts))
  return (
    <>
      <Standing acts={acts} />
      <div className="flex flex-wrap gap-2">
        {offered.map((name) => (
          <button
            key={name}
            type="button"
            onClick={() => begin({ deed: name })}
            className="target cursor-pointer rounded-control border border-edge px-3 py-1.5 text-small font-medium hover:bg-sunken"
          >
            {table[name].word(acts)}
          </button>
        ))}
      </div>
      <Notes
        acts={acts}
        mayWrite={rights.includes('note')}
        onRewrite={(rewrite) => begin({ rewrite })}
        onClose={(close) => begin({ close })}
      />
      {open && <Ask what={open.what} dialog={{ answer, acts: open.acts, onClose: () => setOpen(undefined) }} />}
    </>
  )
}

function Ask({ what, dialog }: { readonly what: Asked; readonly dialog: ActDialogProps }) {
  if ('rewrite' in what) return <NoteDialog {...dialog} replaces={what.rewrite} />
  if ('close' in what) return <CloseNoteDialog {...dialog} note={what.close} />
  const { Dialog } = table[what.deed]
  return <Dialog {...dialog} />
}
