import type { Visit } from '#contract/visit.ts'
import type { PaidBefore } from '#contract/deed.ts'
import { sum, type Money } from '#diagnosis/money.ts'
import { useFormat } from '#portal/format.ts'
import { paths } from '#portal/paths.ts'
import { Words } from '#portal/words/words.ts'
import { Notice } from '#ui/notice.tsx'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'
import type { Situation } from './situation.ts'
import { namesOf, UnknownOutcome } from './unknown-outcome.tsx'

type SituationNoticeProps = {
  readonly visit: Visit
  readonly situation: Situation
  /** What is owed now. */
  readonly total: Money | undefined
  readonly onAskAgain: () => void
}

/** What came of the last try: what happened, whether money was taken, what to do. */
export function SituationNotice({ visit, situation, total, onAskAgain }: SituationNoticeProps): ReactNode {
  const format = useFormat()
  switch (situation.kind) {
    case 'idle':
    case 'over':
      return null
    case 'busy':
      return situation.step === 'bank' ? (
        <output className="text-small text-quiet">
          <Words id="busy.bankWhy" />
        </output>
      ) : null
    case 'declined':
      return (
        <NotTaken
          word={<Words id={`declined.${situation.decline}`} />}
          why={<Words id={`declined.${situation.decline}Why`} />}
          paid={situation.paid ?? []}
        />
      )
    case 'refused':
      return (
        <NotTaken
          word={<Words id={`refused.${situation.because}`} />}
          why={<Words id={`refused.${situation.because}Why`} />}
          paid={situation.paid ?? []}
        />
      )
    case 'invalid':
      return (
        <Notice kind="danger" role="alert" word={<Words id="result.invalid" />}>
          {situation.message}
        </Notice>
      )
    case 'waiting':
      return (
        <Notice kind="info" role="alert" word={<Words id="methods.willWait" />}>
          <p>
            <Words id="result.waitingWhy" />
          </p>
          <Link to={paths.methods} className="link target">
            <Words id="methods.title" />
          </Link>
        </Notice>
      )
    case 'unfinished':
      return (
        <Notice kind="warning" role="alert" word={<Words id="result.unfinished" />}>
          <Words id="result.unfinishedWhy" />
        </Notice>
      )
    case 'unknown':
      return <UnknownOutcome visit={visit} among={situation} onAskAgain={onAskAgain} />
    case 'stale':
      return (
        <Notice kind="warning" role="alert" word={<Words id="result.stale" />}>
          {total ? (
            <Words id="result.staleWhy" values={{ amount: format.money(total) }} />
          ) : (
            <Words id="result.staleNothing" />
          )}
        </Notice>
      )
    case 'offline':
      return (
        <Notice kind="warning" role="alert" word={<Words id="result.offline" />}>
          <Words id="result.offlineWhy" />
        </Notice>
      )
    case 'unavailable':
      return (
        <Notice kind="warning" role="alert" word={<Words id="result.unavailable" />}>
          <Words id="result.unavailableWhy" />
        </Notice>
      )
    case 'too-many':
      return (
        <Notice kind="warning" role="alert" word={<Words id="result.tooMany" />}>
          <Words id="result.tooManyWhy" />
        </Notice>
      )
    case 'signed-out':
      // The page's own trouble screen knows this one.
      throw situation.error
  }
}

type NotTakenProps = { readonly word: ReactNode; readonly why: ReactNode; readonly paid: PaidBefore }

function NotTaken({ word, why, paid }: NotTakenProps) {
  const format = useFormat()
  const total = sum(paid.map(({ amount }) => amount))
  return (
    <Notice kind="danger" role="alert" word={word}>
      {total ? (
        <Words
          id="payChosen.partly"
          values={{ paid: <bdi>{format.money(total)}</bdi>, numbers: <bdi>{namesOf(paid, format)}</bdi> }}
        />
      ) : (
        why
      )}
    </Notice>
  )
}
