import type { MeterUsage } from '#contract/meter-usage.ts'
import type { Instant } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import type { WordId } from '#portal/words/message.ts'
import { Words } from '#portal/words/words.ts'
import { Badge } from '#ui/badge.tsx'
import type { IconName } from '#ui/icon.tsx'
import type { ReactNode } from 'react'

type Tone = 'plain' | 'warning' | 'success'
type Look = { readonly word: WordId; readonly icon: IconName; readonly tone: Tone }

const looks = {
  lasts: { word: 'usage.lasts', icon: 'success', tone: 'success' },
  'may-end': { word: 'usage.mayEnd', icon: 'warning', tone: 'warning' },
  over: { word: 'usage.over', icon: 'warning', tone: 'warning' },
} as const satisfies Record<string, Look>

/** A word for the pace, and what the period will come to, as far as that can be said. */
export function Outlook({ meter, now }: { readonly meter: MeterUsage; readonly now: Instant }) {
  const format = useFormat()
  const { outlook, resets, used, included } = meter
  if (outlook === undefined || used === undefined) return null
  if (outlook.kind === 'early') {
    const isGone = included !== undefined && used >= included
    return (
      <p className="text-small text-quiet">
        <Words id={isGone ? 'usage.over' : 'usage.early'} />
      </p>
    )
  }
  const { low, high, pace, ends } = outlook
  const values = { low: format.number(low), high: format.number(high), day: format.shortDay(resets, now) }
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-small text-quiet">
      {pace === 'ends' && ends !== undefined ? (
        <Pace icon="warning" tone="warning">
          <Words id="usage.ends" values={{ day: format.shortDay(ends, now) }} />
        </Pace>
      ) : (
        pace !== undefined &&
        pace !== 'ends' && (
          <Pace icon={looks[pace].icon} tone={looks[pace].tone}>
            <Words id={looks[pace].word} />
          </Pace>
        )
      )}
      <span className="tabular-nums">
        {low === high ? <Words id="usage.likelyOne" values={values} /> : <Words id="usage.likely" values={values} />}
      </span>
    </p>
  )
}

type PaceProps = { readonly icon: IconName; readonly tone: Tone; readonly children: ReactNode }

function Pace({ icon, tone, children }: PaceProps) {
  return (
    <Badge icon={icon} tone={tone}>
      {children}
    </Badge>
  )
}
