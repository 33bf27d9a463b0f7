import type { Beyond, MeterUsage } from '#contract/meter-usage.ts'
import type { UsagePage } from '#contract/usage-page.ts'
import type { Instant } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { UsageBar } from '#portal/usage/usage-bar.tsx'
import type { WordId } from '#portal/words/message.ts'
import { Words } from '#portal/words/words.ts'
import { Outlook } from './outlook.tsx'

const DAY = 86_400

/** Every meter with its bar, what happens beyond its limit, and how far it will come. */
export function Meters({ usage: { meters, now, source } }: { readonly usage: UsagePage }) {
  return (
    <ul className="grid gap-x-12 border-t border-hairline md:grid-cols-2">
      {meters.map((meter) => (
        <li key={meter.id} className="flex min-w-0 flex-col gap-1 border-b border-hairline py-4">
          <UsageBar meter={meter} now={now} />
          <p className="text-small text-quiet">
            {source !== 'none' && <BeyondIt meter={meter} />} <Reported meter={meter} now={now} />
          </p>
          <Outlook meter={meter} now={now} />
        </li>
      ))}
    </ul>
  )
}

/** For those who see no prices; first with something included, then without. */
const plainly = {
  stops: ['usage.stops', 'usage.stops'],
  priced: ['usage.pricedHidden', 'usage.pricedAllHidden'],
  credits: ['usage.credits', 'usage.creditsAll'],
  free: ['usage.goesOn', 'usage.goesOn'],
} as const satisfies Record<Beyond, readonly [WordId, WordId]>

/** Hard or soft, in words; with its price where it may be seen. */
function BeyondIt({ meter: { beyond, price, cost, included, unit, rate } }: { readonly meter: MeterUsage }) {
  const format = useFormat()
  if (beyond === undefined) return <Words id="usage.noLimit" />
  const isIncluded = included !== undefined
  if (beyond === 'credits' && rate !== undefined && rate !== 1) {
    const id = isIncluded ? 'usage.creditsAt' : 'usage.creditsAllAt'
    return <Words id={id} values={{ rate: format.number(rate), unit: <bdi>{unit}</bdi> }} />
  }
  if (!price) return <Words id={plainly[beyond][isIncluded ? 0 : 1]} />
  const values = { price: <bdi>{format.money(price)}</bdi>, per: price.per, unit: <bdi>{unit}</bdi> }
  return (
    <>
      <Words id={isIncluded ? 'usage.priced' : 'usage.pricedAll'} values={values} />
      {cost && (
        <>
          {' '}
          <Words id="usage.cost" values={{ cost: <bdi className="text-ink tabular-nums">{format.money(cost)}</bdi> }} />
        </>
      )}
    </>
  )
}

/** A figure that nobody has added to for a day says so: it may be old. */
function Reported({ meter: { reported }, now }: { readonly meter: MeterUsage; readonly now: Instant }) {
  const format = useFormat()
  if (reported === undefined) return <Words id="usage.neverReported" />
  if (now - reported < DAY) return null
  return <Words id="usage.reported" values={{ time: format.moment(reported, now) }} />
}
