import type { MeterUsage } from '#contract/meter-usage.ts'
import type { UsageHistory } from '#contract/usage-history.ts'
import type { UsagePage } from '#contract/usage-page.ts'
import { usageHistoryQuery, usageTablePath } from '#portal/api/usage.ts'
import { Empty, Part } from '#portal/account-page.tsx'
import { useFormat } from '#portal/format.ts'
import { useWished } from '#portal/wished.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { SelectField } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router-dom'
import { Days } from './days.tsx'
import { Shares } from './shares.tsx'

/** One meter in one period, day by day and by whom. Which ones stands in the address. */
export function History({ usage }: { readonly usage: UsagePage }) {
  const { say } = useWords()
  const format = useFormat()
  const [search] = useSearchParams()
  const [wished, wish] = useWished({ meter: search.get('meter'), back: search.get('back') })
  const { meters, now } = usage
  const meter =
    meters.find(({ id }) => id === wished.meter) ?? meters.find((one) => one.used !== undefined) ?? meters[0]
  const back = Number(/^[0-5]$/.exec(wished.back ?? '')?.[0] ?? 0)
  const look = useQuery(usageHistoryQuery(meter?.id ?? '', back))
  if (!meter) return null
  const choose = (chosen: { meter?: string; back: string }) => {
    const next = { meter: meter.id, ...chosen }
    wish(next, { search: new URLSearchParams(next).toString() }, { replace: true, preventScrollReset: true })
  }
  const history = look.data
  const periods = history?.periods ?? [{ since: meter.since, until: meter.resets }]
  return (
    <Part title={<Words id="usage.days" />}>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          id="usage-meter"
          label={<Words id="usage.meter" />}
          value={meter.id}
          onChoose={(id) => choose({ meter: id, back: '0' })}
          groups={[{ options: meters.map(({ id, name }) => ({ value: id, label: name })) }]}
        />
        <SelectField
          id="usage-period"
          label={<Words id="usage.period" />}
          value={String(history?.back ?? back)}
          onChoose={(value) => choose({ back: value })}
          groups={[
            {
              options: periods.map(({ since, until }, index) => ({
                value: String(index),
                label:
                  index === 0
                    ? say('usage.periodNow', { since: format.shortDay(since, now) })
                    : say('usage.periodThen', {
                        since: format.shortDay(since, now),
                        until: format.shortDay(until, now),
                      }),
              })),
            },
          ]}
        />
      </div>
      {look.isError && (
        <Notice kind="danger" role="alert" word={say('usage.daysFailed')}>
          <Button kind="quiet" wide={false} onClick={() => void look.refetch()}>
            <Words id="frame.checkAgain" />
          </Button>
        </Notice>
      )}
      {look.isPending && <Skeleton height="h-40" />}
      {history && <Told history={history} meter={meter} usage={usage} />}
    </Part>
  )
}

type ToldProps = { readonly history: UsageHistory; readonly meter: MeterUsage; readonly usage: UsagePage }

function Told({ history, meter, usage }: ToldProps) {
  const { keys, members, days, periods, back } = history
  const period = periods[back]
  if (days.length === 0 || !period) {
    return (
      <Empty>
        <Words id="usage.noDays" values={{ app: <bdi>{usage.app.name}</bdi> }} />
      </Empty>
    )
  }
  return (
    <div className="flex flex-col gap-6 pt-2">
      <Days history={history} meter={meter} now={usage.now} />
      <a href={usageTablePath(period)} download className="link target self-start">
        <Words id="usage.csv" />
      </a>
      {(keys ?? members) && (
        <div className="grid gap-x-12 gap-y-6 md:grid-cols-2">
          {keys && <Shares shares={keys} by="key" used={history.used} />}
          {members && <Shares shares={members} by="member" used={history.used} />}
        </div>
      )}
    </div>
  )
}
