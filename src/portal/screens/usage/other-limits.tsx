import type { UsagePage } from '#contract/usage-page.ts'
import { Part } from '#portal/account-page.tsx'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { LimitBar } from '#ui/limit-bar.tsx'

/** Seats, what may be spent, and how fast: quietly, below what is used. */
export function OtherLimits({ usage }: { readonly usage: UsagePage }) {
  const { seats, caps, rates } = usage
  if (seats === undefined && caps.length + rates.length === 0) return null
  return (
    <Part title={<Words id="usage.otherLimits" />}>
      <ul className="flex max-w-letter flex-col divide-y divide-hairline border-y border-hairline">
        {seats && (
          <li className="flex flex-col gap-1.5 py-3">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span>
                <Words id="usage.seats" />
              </span>
              <span className="tabular-nums">
                <Words id="usage.of" values={seats} />
              </span>
            </p>
            <LimitBar used={seats.used} limit={seats.seats} tone={seats.used >= seats.seats ? 'warning' : 'accent'} />
          </li>
        )}
        {caps.map((cap) => (
          <CapRow key={cap.apiKey ?? ''} cap={cap} now={usage.now} />
        ))}
        {rates.map((rate) => (
          <RateRow key={rate.meter} rate={rate} />
        ))}
      </ul>
    </Part>
  )
}

function CapRow({ cap, now }: { readonly cap: UsagePage['caps'][number]; readonly now: number }) {
  const format = useFormat()
  const { apiKey, limit, spent, resets } = cap
  return (
    <li className="flex flex-col gap-1.5 py-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="min-w-0">
          {apiKey === undefined ? (
            <Words id="usage.cap" />
          ) : (
            <Words id="usage.capOf" values={{ key: <bdi className="font-mono text-small">{apiKey}</bdi> }} />
          )}
        </span>
        <span className="tabular-nums">
          <Words
            id="usage.spent"
            values={{ spent: <bdi>{format.money(spent)}</bdi>, limit: <bdi>{format.money(limit)}</bdi> }}
          />
        </span>
      </p>
      <LimitBar used={spent.amount} limit={limit.amount} tone={spent.amount >= limit.amount ? 'warning' : 'accent'} />
      {resets !== undefined && (
        <p className="text-small text-quiet">
          <Words id="usage.resets" values={{ when: format.fromNow(resets, now), day: format.shortDay(resets, now) }} />
        </p>
      )}
    </li>
  )
}

/** A countdown when it stops somebody, a quiet line otherwise: it is never for sale. */
function RateRow({ rate: { name, unit, limit, seconds } }: { readonly rate: UsagePage['rates'][number] }) {
  const format = useFormat()
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 py-3 text-small text-quiet">
      <bdi className="min-w-0">{name}</bdi>
      <span className="tabular-nums">
        <Words id="usage.rate" values={{ limit, unit: <bdi>{unit}</bdi>, span: format.span(seconds) }} />
      </span>
    </li>
  )
}
