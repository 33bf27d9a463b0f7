import type { MeterUsage } from '#contract/meter-usage.ts'
import type { Instant } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { LimitBar } from '#ui/limit-bar.tsx'

type UsageBarProps = { readonly meter: MeterUsage; readonly now: Instant }

/**
 * One meter in a quiet row: its name, what is used of what, the bar with the marker of elapsed time, and when it starts
 * again. What was never reported is said to be unknown; without a limit there is no bar to fill.
 */
export function UsageBar({ meter, now }: UsageBarProps) {
  const format = useFormat()
  const { name, used, included, since, resets } = meter
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <bdi className="min-w-0 font-medium">{name}</bdi>
        <span className="tabular-nums">
          <Used meter={meter} />
        </span>
      </p>
      {included !== undefined && (
        <LimitBar
          used={used}
          limit={included}
          elapsed={(now - since) / (resets - since)}
          tone={isScarce(meter) ? 'warning' : 'accent'}
        />
      )}
      <p className="text-small text-quiet">
        <Words id="usage.resets" values={{ when: format.fromNow(resets, now), day: format.shortDay(resets, now) }} />
      </p>
    </div>
  )
}

function Used({ meter: { used, included, unit } }: { readonly meter: MeterUsage }) {
  const format = useFormat()
  const said = { unit: <bdi className="text-small text-quiet">{unit}</bdi> }
  if (used === undefined) {
    if (included === undefined)
      return (
        <span className="text-quiet">
          <Words id="usage.unknown" />
        </span>
      )
    return (
      <span className="text-quiet">
        <Words id="usage.unknownOf" values={{ included: format.number(included), ...said }} />
      </span>
    )
  }
  const shown = <b className="font-semibold">{format.number(used)}</b>
  if (included === undefined) return <Words id="usage.used" values={{ used: shown, ...said }} />
  return <Words id="usage.usedOf" values={{ used: shown, included: format.number(included), ...said }} />
}

/** Used up, or foretold to be before the period is over. */
function isScarce({ used, included, outlook }: MeterUsage): boolean {
  if (used === undefined || included === undefined) return false
  return used >= included || (outlook?.kind === 'known' && outlook.pace === 'ends')
}
