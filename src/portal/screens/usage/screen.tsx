import type { UsagePage } from '#contract/usage-page.ts'
import { usageQuery } from '#portal/api/usage.ts'
import { AccountPage, Empty, Part } from '#portal/account-page.tsx'
import { useFormat } from '#portal/format.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Alerts } from './alerts.tsx'
import { Credits } from './credits.tsx'
import { History } from './history.tsx'
import { Meters } from './meters.tsx'
import { OtherLimits } from './other-limits.tsx'
import { stateIn } from './state.ts'

/** What is used of what, what it will come to, and what happens then. */
export function Component() {
  const { data: usage } = useSuspenseQuery(usageQuery)
  const { say } = useWords()
  const format = useFormat()
  const { meters, plans, source, app, now } = usage
  return (
    <AccountPage
      place={usage}
      width="wide"
      headline={stateIn(usage, say, format)}
      why={
        plans.length > 0 ? (
          <Words id="usage.plans" values={{ count: plans.length, plans: <bdi>{format.list(plans)}</bdi> }} />
        ) : (
          source !== 'none' && <Words id="usage.noPlan" />
        )
      }
    >
      {source === 'mirror' && (
        <Notice kind="info" word={say('usage.mirror', { time: format.moment(usage.asOf, now) })} />
      )}
      {source === 'none' && (
        <Notice kind="info" word={say('usage.planUnknown')}>
          <Words id="usage.planUnknownWhy" />
        </Notice>
      )}
      <Part title={<Words id="usage.thisPeriod" />} beside={<AsOf usage={usage} />}>
        {meters.length > 0 ? (
          <Meters usage={usage} />
        ) : (
          <Empty>
            <Words id="usage.none" values={{ app: <bdi>{app.name}</bdi> }} />
          </Empty>
        )}
      </Part>
      {usage.credits && <Credits credits={usage.credits} usage={usage} />}
      {meters.length > 0 && <History usage={usage} />}
      <OtherLimits usage={usage} />
      <Alerts usage={usage} />
    </AccountPage>
  )
}

/** When the figures were read, and to read them again. */
function AsOf({ usage: { now } }: { readonly usage: UsagePage }) {
  const format = useFormat()
  const look = useQuery(usageQuery)
  const time = format.time(now)
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 text-small text-quiet">
      <output>
        <Words id={look.isError ? 'usage.unreached' : 'usage.asOf'} values={{ time }} />
      </output>
      <LinkButton onClick={() => void look.refetch()} aria-disabled={look.isFetching || undefined}>
        <Words id={look.isFetching ? 'frame.checking' : 'usage.refresh'} />
      </LinkButton>
    </p>
  )
}
