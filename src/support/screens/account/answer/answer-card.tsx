import type { DeskAnswer } from '#contract/desk-answer.ts'
import { answerWords } from '#support/words/answer.ts'
import { Card } from '#ui/card.tsx'

/** Why this account gets a 402. */
export function AnswerCard({ answer: { account, verdict, blockers } }: { readonly answer: DeskAnswer }) {
  return (
    <Card>
      <h1 className="text-title font-semibold">{account.label}</h1>
      <p className="text-lead">{answerWords.verdicts[verdict]}</p>
      <ol>
        {blockers.map(({ blocker, title, sentence }) => (
          <li key={blocker.reason}>
            <p className="font-semibold">{title}</p>
            <p>{sentence}</p>
          </li>
        ))}
      </ol>
    </Card>
  )
}
