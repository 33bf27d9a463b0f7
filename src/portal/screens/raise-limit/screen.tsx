import type { Visit } from '#contract/visit.ts'
import type { BlockerOf } from '#diagnosis/diagnosis.ts'
import { UndoFirst } from '#portal/acting/undo-first.tsx'
import { AskAdmin, mustAsk } from '#portal/ask-admin.tsx'
import { isBoughtOff, useLifted } from '#portal/buying/bought-off.ts'
import { useOffered, type Offered } from '#portal/buying/offered.ts'
import { OffersFailed } from '#portal/buying/offers-failed.tsx'
import { Explained } from '#portal/explained.tsx'
import { useFormat } from '#portal/format.ts'
import { AskUs, BackToApp, Frame } from '#portal/frame.tsx'
import { AskColleague } from '#portal/payments/ask-colleague.tsx'
import { LeaveWhenMended } from '#portal/payments/leave-when-mended.tsx'
import { useVisit } from '#portal/visited.ts'
import { useWords, Words } from '#portal/words/words.ts'
import { Card } from '#ui/card.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { Used } from './used.tsx'
import { WayRow } from './way-row.tsx'
import { freeWays, leftFor, pricedWays, recommended, type Way } from './ways.ts'

export function Component() {
  const visit = useVisit()
  return mustAsk(visit) ? <AskAdmin visit={visit} /> : <RaiseLimit visit={visit} />
}

function RaiseLimit({ visit }: { readonly visit: Visit }) {
  const { say } = useWords()
  const offered = useOffered(visit)
  const lifted = useLifted(visit, 'raise-limit')
  const blocker = lifted?.blocker
  if (blocker?.reason !== 'usage_limit_exceeded' || isBoughtOff(visit, 'raise-limit', { kind: 'idle' })) {
    return <LeaveWhenMended visit={visit} />
  }
  const isCounted = lifted?.warned === true || blocker.used !== undefined
  const priced = offered.kind === 'known' ? pricedWays(offered.offers, isCounted) : []
  const planned = offered.kind === 'known' ? offered.offers.planned : undefined
  if (offered.kind === 'known' && !planned && freeWays(blocker).length + priced.length === 0) {
    return <Explained visit={visit} reason="usage_limit_exceeded" />
  }
  return (
    <Frame
      visit={visit}
      headline={say(leftFor(blocker) === undefined ? 'reason.usage_limit_exceeded' : 'limit.tooMuch')}
      why={
        lifted?.warned === true ? (
          <Words id="limit.whyWarned" values={{ app: visit.app.name }} />
        ) : (
          <Why visit={visit} blocker={blocker} />
        )
      }
      ways={[
        <BackToApp key="app" app={visit.app} />,
        <AskColleague key="ask" visit={visit} />,
        <AskUs key="us" merchant={visit.merchant} />,
      ]}
    >
      <Used visit={visit} blocker={blocker} />
      <Ways visit={visit} blocker={blocker} priced={priced} asking={offered.kind} />
      {planned && <UndoFirst planned={planned} visit={visit} />}
      {offered.kind === 'failed' && <OffersFailed failed={offered} />}
    </Frame>
  )
}

type WaysProps = {
  readonly visit: Visit
  readonly blocker: BlockerOf<'usage_limit_exceeded'>
  readonly priced: readonly Way[]
  /** Whether the prices are known. */
  readonly asking: Offered['kind']
}

/** Every way out with its price: what is free is there at once, the rest when its price is known. */
function Ways({ visit, blocker, priced, asking }: WaysProps) {
  const { say } = useWords()
  const free = freeWays(blocker)
  const main = recommended(priced)
  const unit = blocker.meter?.unit ?? ''
  if (asking !== 'loading' && free.length + priced.length === 0) return null
  return (
    <Card label={say('limit.ways')}>
      <ul className="flex flex-col divide-y divide-hairline">
        {[...free, ...priced].map((way) => (
          <WayRow key={keyOf(way)} visit={visit} way={way} unit={unit} main={way === main} />
        ))}
        {asking === 'loading' && ['one', 'two'].map((place) => <WayPlace key={place} />)}
      </ul>
    </Card>
  )
}

function keyOf(way: Way): string {
  return way.kind === 'plan' ? way.plan.key : way.kind
}

/** Holds the place of a way whose price is being asked for. */
function WayPlace() {
  return (
    <li aria-hidden="true" className="flex items-start justify-between gap-4 py-4 last:pb-0">
      <div className="flex w-full flex-col gap-2">
        <Skeleton width="w-1/2" height="h-5" />
        <Skeleton width="w-3/4" />
      </div>
      <Skeleton width="w-16" height="h-5" />
    </li>
  )
}

function Why({ visit: { app }, blocker }: Pick<WaysProps, 'visit' | 'blocker'>) {
  const format = useFormat()
  const { meter, requested = 0 } = blocker
  const left = leftFor(blocker)
  if (left === undefined) return <Words id="limit.why" values={{ app: app.name }} />
  const values = { requested: format.number(requested), left: format.number(left), unit: meter?.unit ?? '' }
  return <Words id="limit.whyTooMuch" values={{ ...values, app: app.name }} />
}
