import type { Instant } from '#diagnosis/account.ts'
import type { Money } from '#diagnosis/money.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Bar } from '#ui/bar.tsx'

type SpentProps = {
  readonly limit: Money
  readonly spent: Money
  readonly apiKey: string | undefined
  readonly resets: Instant | undefined
  readonly now: Instant
}

/** What is spent of what, and when it starts again. */
export function Spent({ limit, spent, apiKey, resets, now }: SpentProps) {
  const format = useFormat()
  return (
    <div className="flex flex-col gap-2">
      {apiKey !== undefined && (
        <p className="text-small text-quiet">
          <Words id="cap.key" values={{ key: <bdi className="font-mono">{apiKey}</bdi> }} />
        </p>
      )}
      <p className="text-title font-semibold tabular-nums">
        <Words
          id="cap.spent"
          values={{ spent: <bdi>{format.money(spent)}</bdi>, limit: <bdi>{format.money(limit)}</bdi> }}
        />
      </p>
      <Bar part={limit.amount === 0 ? 1 : spent.amount / limit.amount} tone="warning" />
      {resets !== undefined && (
        <p className="text-small text-quiet">
          <Words id="cap.resets" values={{ when: format.fromNow(resets, now), day: format.day(resets, now) }} />
        </p>
      )}
    </div>
  )
}
