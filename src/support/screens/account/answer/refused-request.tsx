import type { DeskAnswer, Refused } from '#contract/desk-answer.ts'
import type { DeskBlocker } from '#contract/desk-blocker.ts'
import type { DeskPerson } from '#contract/desk-person.ts'
import { format } from '#support/format.ts'
import { answerWords, roleNames } from '#support/words/answer.ts'
import type { ReactNode } from 'react'
import { Blockers } from './blockers.tsx'
import { CopyId } from './copy-id.tsx'
import { MaskedText } from './masked-text.tsx'
import { Facts, Part } from './part.tsx'

const standing = {
  served: answerWords.nowServed,
  refused: answerWords.nowRefused,
  unknown: answerWords.nowUnknown,
} as const

/** What was asked for, what was told, and by which rule with which figures it was refused. */
export function RefusedRequest({ answer, refused }: { readonly answer: DeskAnswer; readonly refused: Refused }) {
  const { now } = answer
  const { at, title, rule, check, reasons } = refused
  const facts: (readonly [string, ReactNode])[] = [
    [refused.pinned ? answerWords.pinned : answerWords.newest, <CopyId key="check" text={check} />],
    [answerWords.asked, askedFor(refused)],
    [answerWords.by, <By key="by" refused={refused} />],
    [answerWords.told, reasons.length > 1 ? `${title} (${reasons.join(', ')})` : title],
    ...(refused.said === undefined ? [] : [[answerWords.appSaid, refused.said] as const]),
  ]
  return (
    <Part title={`${answerWords.refused}, ${format.moment(at, now)}`}>
      <Facts facts={facts} />
      {!refused.refused && <p className="text-small">{answerWords.appDecided}</p>}
      {rule && rule.blockers.length > 0 && (
        <div className="flex min-w-0 flex-col gap-1 text-small">
          <p className="font-medium">
            {answerWords.rule}{' '}
            <span className="font-normal text-quiet">
              {answerWords.ruleOf(format.moment(rule.asOf, now), rule.live)}
            </span>
          </p>
          {isSame(rule.blockers, answer.blockers) ? (
            <p>{answerWords.sameRule}</p>
          ) : (
            <Blockers blockers={rule.blockers} now={now} />
          )}
        </div>
      )}
      {!rule && refused.refused && <p className="text-small text-quiet">{answerWords.noRule}</p>}
      <p className="text-small">{[standing[refused.now], ...went(refused, now)].join(' ')}</p>
    </Part>
  )
}

function askedFor({ feature, meter, quantity }: Refused): string {
  const amount = meter && [quantity === undefined ? undefined : format.number(quantity), meter.name]
  const parts = [
    feature === undefined ? undefined : `“${feature}”`,
    amount?.filter((part) => part !== undefined).join(' × '),
  ]
  return parts.filter((part) => part !== undefined).join(', ') || answerWords.nothingNamed
}

function By({ refused: { actor, apiKey, visitor } }: { readonly refused: Refused }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      {actor ? <Person person={actor} /> : <span>{visitor ? answerWords.visitor : answerWords.program}</span>}
      {apiKey !== undefined && <CopyId text={apiKey} />}
    </span>
  )
}

/** A person as this role may know them. */
export function Person({ person: { id, name, email, role } }: { readonly person: DeskPerson }) {
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-2">
      {name ? <MaskedText masked={name} /> : <bdi>{id}</bdi>}
      {role && <span className="text-quiet">{roleNames[role]}</span>}
      {email && <MaskedText masked={email} quiet />}
    </span>
  )
}

function went({ seen, returned, cancelled }: Refused, now: number): readonly string[] {
  return [
    seen === undefined ? answerWords.notOpened : answerWords.opened(format.moment(seen, now)),
    ...(returned === undefined ? [] : [answerWords.returned(format.moment(returned, now))]),
    ...(cancelled === undefined ? [] : [answerWords.cancelled(format.moment(cancelled, now))]),
  ]
}

/** Whether what stopped it then is to the letter what stops it now. */
function isSame(then: readonly DeskBlocker[], now: readonly DeskBlocker[]): boolean {
  const told = (blockers: readonly DeskBlocker[]) => JSON.stringify(blockers.map(({ blocker }) => blocker))
  return told(then) === told(now)
}
