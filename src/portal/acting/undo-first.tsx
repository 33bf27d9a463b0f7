import type { Offers } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import { Contact } from '#portal/explained.tsx'
import { useFormat } from '#portal/format.ts'
import { Told } from '#portal/told.tsx'
import { useWords, Words } from '#portal/words/words.ts'
import { Card } from '#ui/card.tsx'
import { Notice } from '#ui/notice.tsx'
import { plannedIn } from './planned-words.ts'
import { EndsAgain, UndoChange } from './undo-change.tsx'

type Found = NonNullable<Offers['planned']>
type UndoFirstProps = { readonly planned: Found; readonly visit: Visit }

/**
 * What costs more is reckoned from what was paid for, and Stripe no longer knows that while a change to less is planned.
 * Once it is taken back the prices stand here.
 */
export function UndoFirst({ planned, visit: { now, merchant } }: UndoFirstProps) {
  const { say } = useWords()
  const format = useFormat()
  return (
    <Card>
      <div className="flex flex-col gap-1">
        <p className="font-medium">{plannedIn(planned, now, say, format)}</p>
        <p className="text-quiet">
          <Words
            id={planned.mayUndo ? 'planned.first' : 'planned.cannot'}
            values={{ merchant: <bdi>{merchant.name}</bdi> }}
          />
          <EndsAgain planned={planned} />
        </p>
      </div>
      {planned.mayUndo ? (
        <UndoChange subscription={planned.subscription} kind="primary" onDone={() => {}} />
      ) : (
        <Contact merchant={merchant} kind="button" />
      )}
    </Card>
  )
}

type PlannedNoticeProps = {
  readonly planned: Found | undefined
  readonly visit: Pick<Visit, 'now' | 'merchant'>
  /** It was taken back a moment ago. */
  readonly undone: boolean
  readonly onUndone: () => void
}

/** Beside what can still be chosen: what is planned, and the way to more. */
export function PlannedNotice({ planned, visit: { now, merchant }, undone, onUndone }: PlannedNoticeProps) {
  const { say } = useWords()
  const format = useFormat()
  if (planned) {
    return (
      <Notice kind="info" word={plannedIn(planned, now, say, format)}>
        <Words
          id={planned.mayUndo ? 'planned.more' : 'planned.cannot'}
          values={{ merchant: <bdi>{merchant.name}</bdi> }}
        />
        <EndsAgain planned={planned} />
        {planned.mayUndo && (
          <div>
            <UndoChange subscription={planned.subscription} kind="link" onDone={onUndone} />
          </div>
        )}
      </Notice>
    )
  }
  return undone ? <Told word={<Words id="planned.undone" />} /> : null
}
