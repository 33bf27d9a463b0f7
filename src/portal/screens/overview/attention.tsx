import type { Overview } from '#contract/overview.ts'
import { buttonLook } from '#ui/button.tsx'
import type { Reason } from '#diagnosis/reason.ts'
import { Icon } from '#ui/icon.tsx'
import { Link } from 'react-router-dom'
import { asHeadline } from '#portal/ask-admin.tsx'
import { useFormat } from '#portal/format.ts'
import { fixPath } from '#portal/paths.ts'
import { Words, useWords } from '#portal/words/words.ts'
import type { Plan } from './standing.ts'

type Trouble = Pick<Overview['diagnosis']['warnings'][number], 'reason' | 'fix' | 'at'> & { readonly stops: boolean }

/** What is wrong beside what the plans tell of themselves; what stops access comes first. */
export function troublesIn({ diagnosis, subscriptions }: Overview): readonly Trouble[] {
  return [
    ...diagnosis.blockers
      .filter((blocker) => !closes(blocker))
      .map(({ reason, fix }) => ({ reason, fix, stops: true })),
    ...diagnosis.warnings.map((warning) => ({ ...warning, stops: false })),
  ].filter((trouble) => !subscriptions.some((plan) => tells(plan, trouble)))
}

/** What the headline says of the whole account. */
export function closes(blocker: Overview['diagnosis']['blockers'][number]): boolean {
  return blocker.reason === 'account_frozen' || (blocker.reason === 'unknown' && blocker.cause !== 'unclear')
}

/** Limits stop what is asked for beyond them, and start again by themselves. */
const limits: readonly Reason[] = ['usage_limit_exceeded', 'credits_exhausted', 'spend_cap_reached', 'rate_limited']

/** An ended or paused plan says so itself, and has the same remedy beside it. */
function tells({ reason, fix, standing }: Plan, trouble: Trouble): boolean {
  return fix === trouble.fix && (reason === trouble.reason || standing === 'ended')
}

type AttentionProps = {
  readonly troubles: readonly Trouble[]
  readonly overview: Overview
  /** No plan says what to do first, so the first of these does, if it stops anything. */
  readonly isMain: boolean
}

/** Each trouble with its one remedy. */
export function Attention({ troubles, overview: { now, mayPay }, isMain }: AttentionProps) {
  const format = useFormat()
  const { say } = useWords()
  return (
    <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
      {troubles.map(({ reason, fix, at, stops }, index) => (
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
                {!stops && at !== undefined && (
                  <Words
                    id={limits.includes(reason) ? 'overview.startsAgain' : 'overview.blocksOn'}
                    values={{ day: format.day(at, now) }}
                  />
                )}
                {!stops && at === undefined && <Words id="overview.blocksLater" />}
              </p>
            </div>
          </div>
          <Link
            to={fixPath(fix)}
            className={`shrink-0 self-start max-sm:ms-8 sm:self-center ${isMain && mayPay && stops && index === 0 ? `${buttonLook('primary', false)} max-sm:mt-2` : 'link target'}`}
          >
            <Words id={mayPay ? `fix.${fix}` : 'overview.seeWho'} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
