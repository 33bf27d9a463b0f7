import type { DeskAnswer } from '#contract/desk-answer.ts'
import { format } from '#support/format.ts'
import { answerLine } from '#support/words/answer-line.ts'
import { answerWords, phaseWords } from '#support/words/answer.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useEffect, useRef } from 'react'
import { CopyId } from './copy-id.tsx'
import { MaskedText } from './masked-text.tsx'

const kinds = { clear: 'success', blocked: 'danger', unchecked: 'warning' } as const

/** Who it is about, how it stands, and what to say. */
export function Verdict({ answer }: { readonly answer: DeskAnswer }) {
  const { account, app, verdict, blockers, refused, stripe } = answer
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const [first] = blockers
  return (
    <header className="flex min-w-0 flex-col gap-3">
      <div className="flex min-w-0 flex-col gap-1">
        <h1 ref={heading} tabIndex={-1} className="text-title font-semibold">
          <bdi>{account.label}</bdi>
        </h1>
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small text-quiet">
          <bdi>{app.name}</bdi>
          <CopyId text={account.id} />
          {stripe.id !== undefined && <CopyId text={stripe.id} />}
          {stripe.email && <MaskedText masked={stripe.email} />}
        </p>
      </div>
      <Notice
        kind={kinds[verdict]}
        word={first ? `${answerWords.verdicts.blocked}: ${first.title}` : answerWords.verdicts[verdict]}
      >
        <p>{first ? first.sentence : verdict === 'clear' ? answerWords.clearWhy : answerWords.uncheckedWhy}</p>
        <p className="text-small">{refused ? answerWords.forRequest : answerWords.forAccount}</p>
      </Notice>
      <AsOf answer={answer} />
      <Held answer={answer} />
      <CopyButton kind="quiet" text={answerLine(answer)} copied={answerWords.copied} refused={answerWords.copyRefused}>
        {answerWords.copyAnswer}
      </CopyButton>
    </header>
  )
}

/** How old and how good it is. */
function AsOf({ answer: { stripe, asOf, now } }: { readonly answer: DeskAnswer }) {
  const moment = format.moment(asOf, now)
  if (stripe.source === 'none') return <Notice kind="warning" word={answerWords.none} />
  if (stripe.source === 'mirror') {
    return (
      <Notice kind="warning" word={answerWords.mirror}>
        {answerWords.mirrorWhy(moment)}
      </Notice>
    )
  }
  return (
    <>
      {stripe.customer === 'deleted' && <Notice kind="danger" word={answerWords.deleted} />}
      {stripe.customer === 'none' && (
        <Notice kind="info" word={answerWords.noCustomer}>
          {answerWords.noCustomerWhy}
        </Notice>
      )}
      <p className="text-small text-quiet">
        {stripe.customer === 'none' ? answerWords.ours(moment) : answerWords.live(moment)}
      </p>
    </>
  )
}

/** What nobody may overlook: the account is held, or money may be on its way. */
function Held({ answer: { hold, pending, now } }: { readonly answer: DeskAnswer }) {
  return (
    <>
      {hold && (
        <Notice kind="warning" word={answerWords.hold}>
          <p>{answerWords.holdSince(format.moment(hold.since, now))}</p>
          {hold.note !== undefined && <p>{hold.note}</p>}
        </Notice>
      )}
      {pending.length > 0 && (
        <Notice kind="warning" word={answerWords.pendingTitle}>
          {pending.map(({ deed, phase, at }) => (
            <p key={`${deed} ${at}`}>{answerWords.pending(deed, phaseWords[phase], format.moment(at, now))}</p>
          ))}
        </Notice>
      )}
    </>
  )
}
