import type { MeterUsage } from '#contract/meter-usage.ts'
import type { UsagePage } from '#contract/usage-page.ts'
import type { Format } from '#portal/format.ts'
import type { Say } from '#portal/words/words.ts'

/** The page in one line: the meter that needs most, or that none does. */
export function stateIn({ meters, now }: UsagePage, say: Say, format: Format): string {
  const stopped = meters.find((meter) => isUsedUp(meter) && meter.beyond === 'stops')
  if (stopped) return say('usage.headStopped', { meter: stopped.name })
  const ending = meters.find((meter) => meter.beyond === 'stops' && endOf(meter) !== undefined)
  const end = ending && endOf(ending)
  if (ending && end !== undefined) {
    return say('usage.headEnds', { meter: ending.name, day: format.shortDay(end, now) })
  }
  const over = meters.find(isUsedUp)
  if (over) return say('usage.headOver', { meter: over.name })
  const isKnown = meters.some(({ used }) => used !== undefined)
  if (!isKnown) return say('usage.headUnknown')
  return say(meters.some(({ included }) => included !== undefined) ? 'usage.headWithin' : 'usage.headUsage')
}

function isUsedUp({ used, included }: MeterUsage): boolean {
  return used !== undefined && included !== undefined && used >= included
}

/** When what is included will be used up, where it will. */
function endOf({ outlook }: MeterUsage): number | undefined {
  return outlook?.kind === 'known' && outlook.pace === 'ends' ? outlook.ends : undefined
}
