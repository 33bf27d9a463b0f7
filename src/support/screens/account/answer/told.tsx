import type { DeskAnswer } from '#contract/desk-answer.ts'
import { format } from '#support/format.ts'
import { answerWords } from '#support/words/answer.ts'
import { CopyId } from './copy-id.tsx'
import { Part } from './part.tsx'

/** What the app was told of this account, and whether it answered. */
export function Told({ answer: { told, now } }: { readonly answer: DeskAnswer }) {
  const { webhook, known, events } = told
  return (
    <Part title={answerWords.appTold}>
      {!webhook && <p className="text-small">{answerWords.noWebhook}</p>}
      {known && <p className="text-small">{answerWords.known(known.allowed, format.moment(known.asOf, now))}</p>}
      {events.length === 0 && webhook && <p className="text-small">{answerWords.neverTold}</p>}
      <ul className="flex flex-col gap-1 text-small">
        {events.map((event) => (
          <li key={event.id} className="flex min-w-0 flex-wrap items-center gap-x-2">
            <code className="font-mono">{event.type}</code>
            <span className="text-quiet">{format.moment(event.at, now)}</span>
            <span className={event.state === 'dead' ? 'font-medium text-danger' : ''}>{how(event, now)}</span>
            <CopyId text={event.id} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

type Event = DeskAnswer['told']['events'][number]

function how({ state, status, tries, error, nextTry }: Event, now: number): string {
  const answered = status === undefined ? answerWords.notAnswered : answerWords.answered(String(status))
  return [
    answerWords.states[state],
    ...(tries > 0 ? [answered] : []),
    ...(tries > 1 ? [answerWords.tries(format.number(tries))] : []),
    ...(error === undefined || status !== undefined ? [] : [error]),
    ...(nextTry === undefined ? [] : [answerWords.nextTry(format.moment(nextTry, now))]),
  ].join(', ')
}
