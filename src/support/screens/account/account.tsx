import type { DeskAnswer } from '#contract/desk-answer.ts'
import { Card } from '#ui/card.tsx'
import { useState } from 'react'
import { Acts } from './acts/acts.tsx'
import type { Asked } from './acts/asked.ts'
import { BlockerNotes } from './acts/blocker-notes.tsx'
import { AnswerCard } from './answer/answer-card.tsx'
import { ViewAs } from './view-as.tsx'

/** The answer and what staff can do about it. One dialog at a time, wherever it was asked for. */
export function Account({ answer }: { readonly answer: DeskAnswer }) {
  const [asked, ask] = useState<Asked>()
  return (
    <>
      <AnswerCard answer={answer} below={(place) => <BlockerNotes answer={answer} place={place} ask={ask} />} />
      <Card>
        <Acts answer={answer} asked={asked} ask={ask} />
        <ViewAs answer={answer} />
      </Card>
    </>
  )
}
