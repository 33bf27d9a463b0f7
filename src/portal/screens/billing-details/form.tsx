import type { Visit } from '#contract/visit.ts'
import type { DetailField } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { SettingNotice } from '#portal/settings/setting-notice.tsx'
import type { useSetting } from '#portal/settings/use-setting.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { TextField } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { useEffect, useState, type FormEvent, type ReactNode } from 'react'
import { AddressFields } from './address-fields.tsx'
import { complaintsIn, fields, firstDraft, kindIn, refusedIn, requestOf } from './draft.ts'
import type { Complaint, Complaints, FieldId } from './draft.ts'
import { TaxFields } from './tax-fields.tsx'

/** A field's place in the form: its id, what is typed, what is wrong with it. */
export type Bind = (field: FieldId) => {
  readonly id: FieldId
  readonly name: FieldId
  readonly value: string
  readonly onType: (text: string) => void
  readonly error?: ReactNode
}

type FormProps = {
  readonly visit: Visit
  readonly missing: readonly DetailField[]
  readonly setting: ReturnType<typeof useSetting<'billing-details'>>
}

/** Only what is missing. What is typed stays whatever the server says. */
export function DetailsForm({ visit, missing, setting }: FormProps) {
  const { locale } = useFormat()
  const [draft, setDraft] = useState(() => firstDraft(visit, locale))
  const [found, setFound] = useState<Complaints>({})
  const refused = refusedIn(setting.refused)
  const complaints: Complaints = { ...refused, ...found }
  const wrong = fields.filter((field) => complaints[field])
  const firstRefused = fields.find((field) => refused[field])

  useEffect(() => {
    if (firstRefused !== undefined) document.getElementById(firstRefused)?.focus()
  }, [firstRefused])

  const bind: Bind = (field) => {
    const complaint = complaints[field]
    return {
      id: field,
      name: field,
      value: draft[field],
      onType: (text) => {
        setDraft((before) => ({ ...before, [field]: text }))
        setFound((before) => without(before, field))
        setting.changed()
      },
      ...(complaint && { error: <Said complaint={complaint} /> }),
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (setting.busy) return
    const complaining = complaintsIn(draft, missing)
    setFound(complaining)
    const first = fields.find((field) => complaining[field])
    if (first === undefined) void setting.save(requestOf(draft, missing), { details: true })
    else document.getElementById(first)?.focus()
  }

  // A complaint about something that is not on the screen must not vanish.
  const unplaced = setting.refused.length > 0 && firstRefused === undefined
  const country = draft['address.country']
  return (
    <Card>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {missing.includes('name') && (
          <TextField
            {...bind('name')}
            label={<Words id="details.name" />}
            hint={<Words id="details.nameHint" />}
            autoComplete="billing organization"
            dir="auto"
            maxLength={150}
          />
        )}
        {missing.includes('address') && <AddressFields country={country} bind={bind} />}
        {missing.includes('tax_id') && <TaxFields kind={kindIn(draft)} country={country} bind={bind} />}
        {wrong.length > 0 && (
          <Notice kind="danger" word={<Words id="details.wrong" values={{ count: wrong.length }} />}>
            <Words id="details.kept" />
          </Notice>
        )}
        {setting.trouble && <SettingNotice visit={visit} trouble={setting.trouble} />}
        {unplaced && <SettingNotice visit={visit} trouble="failed" />}
        <Button type="submit" busy={setting.busy} busyText={<Words id="setting.saving" />}>
          <Words id="details.save" />
        </Button>
      </form>
    </Card>
  )
}

function Said({ complaint }: { readonly complaint: Complaint }) {
  if (complaint.word !== 'details.taxWrong') return <Words id={complaint.word} />
  return <Words id="details.taxWrong" values={{ example: <bdi>{complaint.example}</bdi> }} />
}

function without(complaints: Complaints, field: FieldId): Complaints {
  return Object.fromEntries(Object.entries(complaints).filter(([name]) => name !== field))
}
