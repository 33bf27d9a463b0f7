import type { DeskAnswer } from '#contract/desk-answer.ts'
import { format } from '#support/format.ts'
import { answerWords } from '#support/words/answer.ts'
import { screenWords } from '#support/words/screens.ts'
import { Card } from '#ui/card.tsx'
import type { ReactNode } from 'react'
import { Blockers } from './blockers.tsx'
import { CopyId } from './copy-id.tsx'
import { Outlook } from './outlook.tsx'
import { Facts, Part } from './part.tsx'
import { Person, RefusedRequest } from './refused-request.tsx'
import { Team } from './team.tsx'
import { Told } from './told.tsx'
import { Verdict } from './verdict.tsx'

type AnswerCardProps = {
  readonly answer: DeskAnswer
  /** What stands below the blocker at this place: what colleagues wrote on it. */
  readonly below?: (place: number) => ReactNode
}

/** Why this account gets a 402: the answer first, then what it rests on. */
export function AnswerCard({ answer, below }: AnswerCardProps) {
  const { blockers, refused, now } = answer
  return (
    <Card label={answerWords.answer}>
      <Verdict answer={answer} />
      <TheLink answer={answer} />
      {blockers.length > 0 && (
        <Part title={answerWords.why}>
          <Blockers verdict blockers={blockers} now={now} below={below} />
        </Part>
      )}
      {refused && <RefusedRequest answer={answer} refused={refused} />}
      <Sees answer={answer} />
      <Team answer={answer} />
      <Told answer={answer} />
      <Outlook answer={answer} />
    </Card>
  )
}

/** What to send. */
function TheLink({ answer: { link, now } }: { readonly answer: DeskAnswer }) {
  const { url, screen, expires } = link
  return (
    <Part title={answerWords.link}>
      <CopyId text={url} />
      <p className="text-small">
        {answerWords.leadsTo(screenWords[screen])}
        {expires !== undefined && ` ${answerWords.codeUntil(format.moment(expires, now))}`}{' '}
        <span className="text-quiet">{answerWords.linkWhy}</span>
      </p>
    </Part>
  )
}

/** Which screen somebody stands before who opens the portal now. */
function Sees({ answer: { sees } }: { readonly answer: DeskAnswer }) {
  return (
    <Part title={answerWords.sees}>
      <Facts
        facts={sees.map(({ as, person, screen, path }) => [
          answerWords.seesAs[as],
          <span key={as} className="flex min-w-0 flex-wrap items-center gap-x-2">
            <span className="font-medium">{screenWords[screen]}</span>
            {person && <Person person={person} />}
            <code className="font-mono break-all text-quiet">{path}</code>
          </span>,
        ])}
      />
    </Part>
  )
}
