import type { UsageAlert } from '#contract/usage-alert.ts'
import type { UsagePage } from '#contract/usage-page.ts'
import { alertsDeed, lettersDeed } from '#portal/api/usage.ts'
import { Empty, Part } from '#portal/account-page.tsx'
import { useFormat } from '#portal/format.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { Badge } from '#ui/badge.tsx'
import { LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { AlertForm } from './alert-form.tsx'

/** What payers are written to about. Others see it, and who can change it. */
export function Alerts({ usage }: { readonly usage: UsagePage }) {
  const { say } = useWords()
  const format = useFormat()
  const client = useQueryClient()
  const save = useMutation(alertsDeed(client))
  const { alerts, mayPay, meters, credits, payers } = usage
  if (meters.length === 0 && !credits) return null
  const set = alerts.map(({ alert }) => alert)
  const without = (gone: UsageAlert) => save.mutate(set.filter((one) => one !== gone))
  const names = payers.flatMap(({ name }) => name ?? [])
  return (
    <Part title={<Words id="usage.alerts" />}>
      {alerts.length > 0 ? (
        <ul className="flex max-w-letter flex-col divide-y divide-hairline border-y border-hairline">
          {alerts.map(({ alert, reached }) => (
            <li key={keyOf(alert)} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
              <span className="min-w-0">
                <AlertSaid alert={alert} usage={usage} />
              </span>
              <span className="flex items-center gap-x-4">
                {reached && (
                  <Badge tone="warning" icon="warning">
                    <Words id="usage.alertReached" />
                  </Badge>
                )}
                {mayPay && (
                  <LinkButton onClick={() => without(alert)}>
                    <Words id="usage.alertRemove" />
                  </LinkButton>
                )}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <Empty>
          <Words id="usage.alertsNone" />
        </Empty>
      )}
      {save.isError && (
        <Notice kind="danger" role="alert" word={say('usage.alertFailed')}>
          <Words id="usage.alertFailedWhy" />
        </Notice>
      )}
      {mayPay ? (
        <>
          <AlertForm usage={usage} busy={save.isPending} onAdd={(alert) => save.mutate([...set, alert])} />
          <Letters usage={usage} />
        </>
      ) : (
        names.length > 0 && (
          <p className="text-small text-quiet">
            <Words id="usage.alertsBy" values={{ names: <bdi>{format.list(names)}</bdi> }} />
          </p>
        )
      )}
    </Part>
  )
}

function keyOf(alert: UsageAlert): string {
  return `${alert.kind} ${alert.kind === 'below' ? '' : alert.meter} ${alert.value}`
}

function AlertSaid({ alert, usage: { meters } }: { readonly alert: UsageAlert; readonly usage: UsagePage }) {
  const format = useFormat()
  const value = format.number(alert.value)
  if (alert.kind === 'below') return <Words id="usage.alertBelow" values={{ value }} />
  const { name = alert.meter, unit = '' } = meters.find(({ id }) => id === alert.meter) ?? {}
  const said = { value, meter: <bdi>{name}</bdi> }
  if (alert.kind === 'percent') return <Words id="usage.alertPercent" values={said} />
  return <Words id="usage.alertUnits" values={{ ...said, unit: <bdi>{unit}</bdi> }} />
}

/** Whether letters reach this person, and the way out of them, or back. */
function Letters({ usage: { letters } }: { readonly usage: UsagePage }) {
  const change = useMutation(lettersDeed(useQueryClient()))
  if (letters === undefined) return null
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 text-small text-quiet">
      <Words id={`usage.letters.${letters}`} />
      {letters !== 'none' && (
        <LinkButton onClick={() => change.mutate(letters === 'off')}>
          <Words id={letters === 'on' ? 'usage.letters.stop' : 'usage.letters.start'} />
        </LinkButton>
      )}
    </p>
  )
}
