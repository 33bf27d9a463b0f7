import type { Visit } from '#contract/visit.ts'
import type { DetailField } from '#diagnosis/account.ts'
import { useFormat } from '#portal/format.ts'
import { SettingNotice } from '#portal/settings/setting-notice.tsx'
import type { useSetting } from '#portal/settings/use-setting.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Card } from '#ui/card.tsx'
import { useState, type FormEvent } from 'react'
import { AddressFields } from './address-fields.tsx'
import { complaintsIn, firstDraft, kindIn, requestOf } from './draft.ts'
import { NameField } from './name-field.tsx'
import { TaxFields } from './tax-fields.tsx'
import { useDraft } from './use-draft.tsx'
import { WrongFields } from './wrong-fields.tsx'

type FormProps = {
  readonly visit: Visit
  readonly missing: readonly DetailField[]
  readonly setting: ReturnType<typeof useSetting<'billing-details'>>
}

/** Only what is missing. What is typed stays whatever the server says. */
export function DetailsForm({ visit, missing, setting }: FormProps) {
  const { locale } = useFormat()
  const [first] = useState(() => firstDraft(visit, locale))
  const { draft, bind, wrong, unplaced, holds } = useDraft(first, setting)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!setting.busy && holds(complaintsIn(draft, missing))) {
      void setting.save(requestOf(draft, missing), { details: true })
    }
  }

  const country = draft['address.country']
  return (
    <Card>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        {missing.includes('name') && <NameField bind={bind} />}
        {missing.includes('address') && <AddressFields country={country} bind={bind} />}
        {missing.includes('tax_id') && <TaxFields kind={kindIn(draft)} country={country} bind={bind} />}
        <WrongFields count={wrong} />
        {setting.trouble && <SettingNotice place={visit} trouble={setting.trouble} />}
        {unplaced && <SettingNotice place={visit} trouble="failed" />}
        <Button type="submit" busy={setting.busy} busyText={<Words id="setting.saving" />}>
          <Words id="details.save" />
        </Button>
      </form>
    </Card>
  )
}
