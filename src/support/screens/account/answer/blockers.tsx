import type { Charge, DeskBlocker } from '#contract/desk-blocker.ts'
import { format } from '#support/format.ts'
import { answerWords, whoWords } from '#support/words/answer.ts'
import { adviceWords, chargeStates, declineWords } from '#support/words/decline.ts'
import { factsOf } from '#support/words/evidence.ts'
import type { ReactNode } from 'react'
import { CopyId } from './copy-id.tsx'
import { Facts } from './part.tsx'

type BlockersProps = {
  readonly blockers: readonly DeskBlocker[]
  readonly now: number
  /** The first is the verdict, which has its words already: a single one is not told twice. */
  readonly verdict?: boolean
  /** What stands below the blocker at this place. */
  readonly below?: ((place: number) => ReactNode) | undefined
}

/** What stops the account, in the order in which it is to be mended, each with its evidence. */
export function Blockers({ blockers, now, verdict = false, below }: BlockersProps) {
  return (
    <ol className="flex flex-col gap-3">
      {blockers.map(({ blocker, title, sentence, charges }, index) => (
        <li key={`${blocker.reason} ${index}`} className="flex min-w-0 flex-col gap-1">
          {(blockers.length > 1 || !verdict) && (
            <>
              <p className="font-medium">
                {blockers.length > 1 && <span className="text-quiet">{format.number(index + 1)}. </span>}
                {title}
              </p>
              <p className="text-small">{sentence}</p>
            </>
          )}
          <Facts facts={[...factsOf(blocker, now), [answerWords.team, whoWords[blocker.who]]]} />
          {charges.map((charge) => (
            <ChargeFacts key={charge.invoice} charge={charge} now={now} />
          ))}
          {below?.(index)}
        </li>
      ))}
    </ol>
  )
}

/** One open invoice, what the bank said to it, and whether it is tried again. */
function ChargeFacts({ charge, now }: { readonly charge: Charge; readonly now: number }) {
  const { invoice, number, remaining, due, state, error, nextAttempt } = charge
  const codes = error && [error.code, error.declineCode, error.adviceCode, error.networkAdviceCode]
  return (
    <div className="flex min-w-0 flex-col gap-1 rounded-control bg-sunken p-2 text-small">
      <p className="flex flex-wrap items-center gap-x-2">
        <span className="font-medium">{answerWords.invoice}</span>
        <CopyId text={number ?? invoice} />
        <bdi className="font-medium tabular-nums">{format.money(remaining)}</bdi>
        <span className="text-quiet">{answerWords.due(format.moment(due, now))}</span>
        <span>{chargeStates[state]}</span>
      </p>
      {error && codes && (
        <>
          <p>
            {answerWords.raw}{' '}
            <code className="font-mono">{codes.filter((code) => code !== undefined).join(' · ')}</code>
            {error.method && ` (${format.face(error.method)})`}
          </p>
          <p>
            {declineWords[error.group]} {adviceWords[error.act]}.
          </p>
          {error.secret && <p className="font-medium text-danger">{answerWords.secret}</p>}
        </>
      )}
      <p className="text-quiet">
        {nextAttempt === undefined ? answerWords.noRetry : answerWords.retries(format.moment(nextAttempt, now))}
      </p>
    </div>
  )
}
