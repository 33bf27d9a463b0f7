import type { UsageAlert } from '#contract/usage-alert.ts'
import type { UsagePage } from '#contract/usage-page.ts'
import { after } from '#portal/api/after.ts'
import { alertsDeed, lettersDeed } from '#portal/api/usage.ts'
import { Empty, Part } from '#portal/account-page.tsx'
import { useFormat, type Format } from '#portal/format.ts'
import { Told } from '#portal/told.tsx'
import { Words, useWords, type Say } from '#portal/words/words.ts'
import { Badge } from '#ui/badge.tsx'
import { LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AlertForm } from './alert-form.tsx'

/** What payers are written to about. Others see it, and who can change it. */
export function Alerts({ usage }: { readonly usage: UsagePage }) {
  const { say } = useWords()
  const format = useFormat()
  const client = useQueryClient()
  const save = useMutation(alertsDeed(client))
  const [removed, setRemoved] = useState<string>()
  const { alerts, mayPay, meters, credits, payers } = usage
  if (meters.length === 0 && !credits) return null
  const set = alerts.map(({ alert }) => alert)
  // All of them are sent together: one more press before the answer would bring back what has just gone.
  const change = (wanted: readonly UsageAlert[], gone?: string) => {
    if (!save.isPending) after(save.mutateAsync(wanted), () => setRemoved(gone))
  }
  const names = payers.flatMap(({ name }) => name ?? [])
  return (
    <Part title={<Words id="usage.alerts" />}>
      {removed !== undefined && !save.isPending && !save.isError && (
        <Told key={removed} word={say('usage.alertRemoved', { alert: removed })} />
      )}
      {alerts.length > 0 ? (
        <ul className="flex max-w-letter flex-col divide-y divide-hairline border-y border-hairline">
          {alerts.map(({ alert, reached }) => (
            <li key={keyOf(alert)} className="flex flex-wrap items-center justify-between gap-x-4 py-2">
              <span className="min-w-0 wrap-anywhere">{alertIn(alert, usage, say, format)}</span>
              <span className="flex items-center gap-x-4">
                {reached && (
                  <Badge tone="warning" icon="warning">
                    <Words id="usage.alertReached" />
                  </Badge>
                )}
                {mayPay && (
                  <LinkButton
                    aria-label={say('usage.alertRemoveOf', { alert: alertIn(alert, usage, say, format) })}
                    aria-disabled={save.isPending || undefined}
                    onClick={() =>
                      change(
                        set.filter((one) => one !== alert),
                        alertIn(alert, usage, say, format),
                      )
                    }
                  >
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
          <AlertForm usage={usage} busy={save.isPending} onAdd={(alert) => change([...set, alert])} />
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

/** "80% of Map requests", "Fewer than 100 credits left" */
function alertIn(alert: UsageAlert, { meters }: UsagePage, say: Say, format: Format): string {
  const value = format.number(alert.value)
  if (alert.kind === 'below') return say('usage.alertBelow', { value })
  const { name: meter = alert.meter, unit = '' } = meters.find(({ id }) => id === alert.meter) ?? {}
  return alert.kind === 'percent'
    ? say('usage.alertPercent', { value: format.percent(alert.value), meter })
    : say('usage.alertUnits', { value, meter, unit })
}

/** Whether letters reach this person, and the way out of them, or back. */
function Letters({ usage: { letters } }: { readonly usage: UsagePage }) {
  const change = useMutation(lettersDeed(useQueryClient()))
  const { say } = useWords()
  if (letters === undefined) return null
  const turn = () => {
    if (!change.isPending) change.mutate(letters === 'off')
  }
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3 text-small text-quiet">
        <Words id={`usage.letters.${letters}`} />
        {letters !== 'none' && (
          <LinkButton aria-disabled={change.isPending || undefined} onClick={turn}>
            <Words id={letters === 'on' ? 'usage.letters.stop' : 'usage.letters.start'} />
          </LinkButton>
        )}
      </p>
      {change.isError && (
        <Notice kind="danger" role="alert" word={say('usage.lettersFailed')}>
          <Words id="usage.alertFailedWhy" />
        </Notice>
      )}
    </>
  )
}
