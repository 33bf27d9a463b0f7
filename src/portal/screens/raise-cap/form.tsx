import type { CapOffer } from '#contract/offer.ts'
import type { Visit } from '#contract/visit.ts'
import type { Money } from '#diagnosis/money.ts'
import { decimalsOf } from '#diagnosis/money.ts'
import { useFormat } from '#portal/format.ts'
import { SettingNotice } from '#portal/settings/setting-notice.tsx'
import type { useSetting } from '#portal/settings/use-setting.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Choices } from '#ui/choices.tsx'
import { TextField } from '#ui/field.tsx'
import { useState, type FormEvent } from 'react'
import { leastOf, limitFrom, type Limit } from './limit.ts'

const OWN = 'own'
const FIELD = 'limit'

type FormProps = {
  readonly visit: Visit
  readonly cap: CapOffer
  readonly setting: ReturnType<typeof useSetting<'raise-cap'>>
}

/** A few sensible amounts, or one's own: exactly what the button then says. */
export function CapForm({ visit, cap, setting }: FormProps) {
  const format = useFormat()
  const [choice, setChoice] = useState(() => String(cap.suggested[0]?.amount ?? OWN))
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState(false)
  const wanted = wantedBy(choice, typed, cap, format.locale)
  const refused = setting.refused.length > 0
  const wrong = asked && wanted.kind !== 'limit' ? wanted.kind : undefined
  const { apiKey, resets } = cap

  function submit(event: FormEvent) {
    event.preventDefault()
    if (setting.busy) return
    setAsked(true)
    if (wanted.kind !== 'limit') {
      document.getElementById(FIELD)?.focus()
      return
    }
    void setting.save({ limit: wanted.limit, ...(apiKey !== undefined && { apiKey }) }, { cap: wanted.limit })
  }

  function change(set: () => void) {
    set()
    setAsked(false)
    setting.changed()
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {cap.suggested.length > 0 && (
        <Choices
          legend={<Words id="cap.choose" />}
          name="amount"
          value={choice}
          onChoose={(value) => change(() => setChoice(value))}
          choices={[
            ...cap.suggested.map((limit) => ({
              value: String(limit.amount),
              label: <bdi className="tabular-nums">{format.money(limit)}</bdi>,
              detail: <Words id="cap.more" values={{ amount: <bdi>{format.money(more(limit, cap.limit))}</bdi> }} />,
            })),
            { value: OWN, label: <Words id="cap.own" /> },
          ]}
        />
      )}
      {choice === OWN && (
        <TextField
          id={FIELD}
          name={FIELD}
          value={typed}
          onType={(text) => change(() => setTyped(text))}
          label={<Words id="cap.ownLabel" values={{ currency: cap.limit.currency.toUpperCase() }} />}
          hint={<Bounds cap={cap} />}
          {...(wrong && { error: <Complaint kind={wrong} visit={visit} cap={cap} /> })}
          inputMode={decimalsOf(cap.limit.currency) === 0 ? 'numeric' : 'decimal'}
          autoComplete="off"
          dir="ltr"
          maxLength={30}
        />
      )}
      {refused && <Refused />}
      {setting.trouble && <SettingNotice place={visit} trouble={setting.trouble} />}
      <p className="text-small text-quiet">
        {wanted.kind === 'limit' ? (
          <NothingNow limit={wanted.limit} resets={resets} now={visit.now} />
        ) : (
          <Words id="cap.nothingNowAny" />
        )}
      </p>
      <Button type="submit" busy={setting.busy} busyText={<Words id="setting.saving" />}>
        {wanted.kind === 'limit' ? (
          <Words id="cap.set" values={{ amount: format.money(wanted.limit) }} />
        ) : (
          <Words id="cap.setOwn" />
        )}
      </Button>
    </form>
  )
}

function wantedBy(choice: string, typed: string, cap: CapOffer, locale: string): Limit {
  if (choice === OWN) return limitFrom(typed, cap, locale)
  const limit = cap.suggested.find(({ amount }) => String(amount) === choice)
  return limit ? { kind: 'limit', limit } : { kind: 'need' }
}

function more({ amount, currency }: Money, than: Money): Money {
  return { amount: amount - than.amount, currency }
}

function Bounds({ cap }: { readonly cap: CapOffer }) {
  const format = useFormat()
  const least = <bdi>{format.money(leastOf(cap))}</bdi>
  if (!cap.most) return <Words id="cap.ownHint" values={{ least }} />
  return <Words id="cap.ownHintMost" values={{ least, most: <bdi>{format.money(cap.most)}</bdi> }} />
}

type ComplaintProps = {
  readonly kind: Exclude<Limit['kind'], 'limit'>
  readonly visit: Visit
  readonly cap: CapOffer
}

function Complaint({ kind, visit: { merchant }, cap }: ComplaintProps) {
  const format = useFormat()
  const { currency } = cap.limit
  const least = <bdi>{format.money(leastOf(cap))}</bdi>
  switch (kind) {
    case 'need':
      return <Words id="cap.need" />
    case 'malformed':
      return <Words id="cap.malformed" values={{ example: <bdi>{format.money(twice(leastOf(cap)))}</bdi> }} />
    case 'precise':
      return <Words id="cap.precise" values={{ currency: currency.toUpperCase(), count: decimalsOf(currency) }} />
    case 'tooSmall':
      return <Words id="cap.tooSmall" values={{ least }} />
    case 'tooLarge':
      return (
        <Words
          id="cap.tooLarge"
          values={{ merchant: <bdi>{merchant.name}</bdi>, most: <bdi>{cap.most && format.money(cap.most)}</bdi> }}
        />
      )
  }
}

function twice({ amount, currency }: Money): Money {
  return { amount: amount * 2, currency }
}

function Refused() {
  return (
    <p role="alert" className="text-small font-medium text-danger">
      <Words id="cap.refused" />
    </p>
  )
}

type NothingNowProps = { readonly limit: Money; readonly resets: number | undefined; readonly now: number }

function NothingNow({ limit, resets, now }: NothingNowProps) {
  const format = useFormat()
  const amount = <bdi>{format.money(limit)}</bdi>
  if (resets === undefined) return <Words id="cap.nothingNow" values={{ amount }} />
  return <Words id="cap.nothingNowUntil" values={{ amount, day: format.day(resets, now) }} />
}
