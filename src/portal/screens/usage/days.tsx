import type { MeterUsage } from '#contract/meter-usage.ts'
import type { UsageHistory } from '#contract/usage-history.ts'
import type { Instant } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { DayChart } from '#ui/day-chart.tsx'
import { Disclosure } from '#ui/disclosure.tsx'

const DAY = 86_400

type DaysProps = { readonly history: UsageHistory; readonly meter: MeterUsage; readonly now: Instant }

/** The days of a period as a picture, and the same as a table. */
export function Days({ history: { days, used, periods, back }, meter, now }: DaysProps) {
  const { say } = useWords()
  const format = useFormat()
  const { name, unit, included } = meter
  const { since = 0, until = 0 } = periods[back] ?? {}
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return null
  const most = Math.max(...days.map((one) => one.used))
  const total = { used: format.number(used), unit }
  const even = included !== undefined && back === 0 ? included / ((until - since) / DAY) : undefined
  return (
    <div className="flex flex-col gap-2">
      <DayChart
        title={say('usage.chart', {
          meter: name,
          first: format.shortDay(first.day, now),
          last: format.shortDay(last.day, now),
          most: format.number(most),
          ...total,
        })}
        label={say('usage.chartDay')}
        days={days.map(({ day, used: value }) => ({
          key: day,
          value,
          said: say('usage.chartSaid', { day: format.day(day, now), used: format.number(value), unit }),
        }))}
        {...(even !== undefined && { even })}
        first={format.shortDay(first.day, now)}
        last={format.shortDay(last.day, now)}
      />
      <p className="text-small text-quiet">
        <Words id="usage.total" values={total} />
        {even !== undefined && (
          <>
            {' '}
            <Words id="usage.even" />
          </>
        )}
      </p>
      <Disclosure summary={<Words id="usage.table" />}>
        <table className="w-full max-w-letter text-body text-ink tabular-nums">
          <caption className="sr-only">{say('usage.tableOf', { meter: name })}</caption>
          <thead>
            <tr className="border-b border-hairline text-start text-small text-quiet">
              <th scope="col" className="py-1 text-start font-normal">
                <Words id="usage.day" />
              </th>
              <th scope="col" className="py-1 text-end font-normal">
                <bdi>{unit === '' ? name : unit}</bdi>
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, used: value }) => (
              <tr key={day} className="border-b border-hairline">
                <th scope="row" className="py-1 text-start font-normal">
                  {format.day(day, now)}
                </th>
                <td className="py-1 text-end">{format.number(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Disclosure>
    </div>
  )
}
