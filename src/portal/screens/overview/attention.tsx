import type { Overview } from '#contract/overview.ts'
import { Icon } from '#ui/icon.tsx'
import { Link } from 'react-router-dom'
import { asHeadline } from '#portal/ask-admin.tsx'
import { useFormat } from '#portal/format.ts'
import { fixPath } from '#portal/paths.ts'
import { Words, useWords } from '#portal/words/words.ts'

/** Each trouble with its one remedy; those that stop access first. */
export function Attention({ overview: { diagnosis, now, mayPay } }: { readonly overview: Overview }) {
  const format = useFormat()
  const { say } = useWords()
  const troubles = [
    ...diagnosis.blockers.map(({ reason, fix }) => ({ reason, fix, at: undefined, stops: true })),
    ...diagnosis.warnings.map(({ reason, fix, at }) => ({ reason, fix, at, stops: false })),
  ]
  return (
    <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {troubles.map(({ reason, fix, at, stops }) => (
        <li
          key={`${reason}-${at ?? ''}`}
          className="flex flex-col gap-x-6 py-3 sm:flex-row sm:items-center sm:justify-between"
        >
          <div className="flex gap-3">
            <span className={stops ? 'text-danger' : 'text-warning'}>
              <Icon name={stops ? 'danger' : 'warning'} />
            </span>
            <div>
              <p className="font-medium">{mayPay ? say(`reason.${reason}`) : asHeadline(say(`cause.${reason}`))}</p>
              <p className="text-small text-quiet">
                {stops && <Words id="overview.blocksNow" />}
                {!stops && at !== undefined && <Words id="overview.blocksOn" values={{ day: format.day(at, now) }} />}
                {!stops && at === undefined && <Words id="overview.blocksLater" />}
              </p>
            </div>
          </div>
          <Link to={fixPath(fix)} className="link target shrink-0 self-start max-sm:ms-8 sm:self-center">
            <Words id={mayPay ? `fix.${fix}` : 'overview.seeWho'} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
