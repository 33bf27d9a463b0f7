import type { UsageAlert } from '#contract/usage-alert.ts'
import type { UsagePage } from '#contract/usage-page.ts'
import { useFormat } from '#portal/format.ts'
import { parseNumber } from '#portal/parse-money.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { SelectField, TextField } from '#ui/field.tsx'
import { useState, type FormEvent } from 'react'

type AlertFormProps = {
  readonly usage: UsagePage
  readonly busy: boolean
  readonly onAdd: (alert: UsageAlert) => void
}

const CREDITS = 'credits'

/** A new alert: of what, and at which figure. */
export function AlertForm({ usage: { meters, credits, alerts }, busy, onAdd }: AlertFormProps) {
  const { say } = useWords()
  const { locale } = useFormat()
  const choices = [
    ...meters.flatMap(({ id, name, unit, included }) => [
      ...(included === undefined
        ? []
        : [{ value: `percent ${id}`, label: say('usage.choosePercent', { meter: name }) }]),
      { value: `units ${id}`, label: say('usage.chooseUnits', { meter: name, unit: unit === '' ? name : unit }) },
    ]),
    ...(credits ? [{ value: CREDITS, label: say('usage.chooseBelow') }] : []),
  ]
  const [about, setAbout] = useState(choices[0]?.value ?? '')
  const [text, setText] = useState('80')
  const [wrong, setWrong] = useState(false)

  function add(event: FormEvent) {
    event.preventDefault()
    const value = parseNumber(text, locale) ?? 0
    const isRight = value > 0 && (!about.startsWith('percent') || value <= 1_000)
    setWrong(!isRight)
    if (isRight && !busy) onAdd(alertFrom(about, value))
  }

  if (alerts.length >= 50 || choices.length === 0) return null
  return (
    <form onSubmit={add} noValidate className="grid max-w-letter items-start gap-4 pt-2 sm:grid-cols-[1fr_8rem_auto]">
      <SelectField
        id="alert-about"
        label={<Words id="usage.alertWhen" />}
        value={about}
        onChoose={setAbout}
        groups={[{ options: choices }]}
      />
      <TextField
        id="alert-value"
        label={<Words id={about.startsWith('percent') ? 'usage.alertPart' : 'usage.alertFigure'} />}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onType={setText}
        {...(wrong && { error: <Words id="usage.alertWrong" /> })}
      />
      <div className="sm:pt-6.5">
        <Button kind="quiet" type="submit" busy={busy} busyText={<Words id="usage.alertSaving" />}>
          <Words id="usage.alertAdd" />
        </Button>
      </div>
    </form>
  )
}

function alertFrom(about: string, value: number): UsageAlert {
  const [kind, meter = ''] = about.split(/ (.*)/s)
  if (kind === CREDITS) return { kind: 'below', value }
  return { kind: kind === 'percent' ? 'percent' : 'units', meter, value }
}
