import type { DeskAnswer } from '#contract/desk-answer.ts'
import { format } from '#support/format.ts'
import { accountPath } from '#support/paths.ts'
import { answerWords, changeFrom, nextWords } from '#support/words/answer.ts'
import { Disclosure } from '#ui/disclosure.tsx'
import { Link } from 'react-router-dom'
import { CopyId } from './copy-id.tsx'
import { Part } from './part.tsx'

/** What happens by itself, what is coming, and what else there is to know. */
export function Outlook({ answer }: { readonly answer: DeskAnswer }) {
  const { next, warnings, now } = answer
  return (
    <>
      <Part title={answerWords.next}>
        {next.length === 0 && <p className="text-small">{answerWords.nothingNext}</p>}
        <Lines
          lines={next.map(({ what, at, of, to, money }) => [
            format.moment(at, now),
            [
              nextWords[what],
              of !== undefined && to !== undefined ? changeFrom(of, to) : of,
              money && format.money(money),
            ]
              .filter((part) => part !== undefined)
              .join(' · '),
          ])}
        />
      </Part>
      {warnings.length > 0 && (
        <Part title={answerWords.warnings}>
          <Lines
            lines={warnings.map(({ warning: { at, debt }, title }) => [
              at === undefined ? '' : format.moment(at, now),
              debt ? `${title} (${format.money(debt.total)})` : title,
            ])}
          />
        </Part>
      )}
      <Plans answer={answer} />
      <Duplicates answer={answer} />
    </>
  )
}

function Lines({ lines }: { readonly lines: readonly (readonly [when: string, what: string])[] }) {
  return (
    <ul className="flex flex-col gap-1 text-small">
      {lines.map(([when, what]) => (
        <li key={`${when} ${what}`} className="flex flex-wrap gap-x-2">
          {when !== '' && <span className="text-quiet tabular-nums">{when}</span>}
          <span>{what}</span>
        </li>
      ))}
    </ul>
  )
}

function Plans({ answer: { subscriptions, now } }: { readonly answer: DeskAnswer }) {
  return (
    <Part title={answerWords.plans}>
      {subscriptions.length === 0 && <p className="text-small">{answerWords.noPlans}</p>}
      <ul className="flex flex-col gap-1 text-small">
        {subscriptions.map(({ id, plan, status, quantity, price, periodEnd, planned, scheduled }) => (
          <li key={id} className="flex min-w-0 flex-wrap items-center gap-x-2">
            <bdi className="font-medium">{plan}</bdi>
            {quantity > 1 && <span>× {format.number(quantity)}</span>}
            <code className="font-mono">{status}</code>
            {price && <bdi className="tabular-nums">{format.money(price)}</bdi>}
            <span className="text-quiet">{answerWords.until(format.moment(periodEnd, now))}</span>
            {planned && <span>{answerWords.planned(planned.plan, format.moment(planned.at, now))}</span>}
            {scheduled && <span>{answerWords.scheduled}</span>}
            <CopyId text={id} />
          </li>
        ))}
      </ul>
    </Part>
  )
}

const FIRST = 3

/** The first few, and the others for whoever needs them. */
function Duplicates({ answer: { duplicates } }: { readonly answer: DeskAnswer }) {
  if (duplicates.length === 0) return null
  const rest = duplicates.slice(FIRST)
  return (
    <Part title={answerWords.duplicates}>
      <Same accounts={duplicates.slice(0, FIRST)} />
      {rest.length > 0 && (
        <Disclosure summary={answerWords.moreDuplicates(format.number(rest.length))}>
          <Same accounts={rest} />
        </Disclosure>
      )}
    </Part>
  )
}

function Same({ accounts }: { readonly accounts: DeskAnswer['duplicates'] }) {
  return (
    <ul className="flex flex-col text-small">
      {accounts.map(({ app, account, shares }) => (
        <li key={`${app.id} ${account.id}`} className="flex flex-wrap items-center gap-x-2">
          <Link to={accountPath(app.id, account.id)} className="link inline-block py-1">
            <bdi>{account.label}</bdi>
          </Link>
          <span className="text-quiet">
            {app.name} · {account.id} · {answerWords.shares[shares]}
          </span>
        </li>
      ))}
    </ul>
  )
}
