import { SettingNotice } from '#portal/settings/setting-notice.tsx'
import { useSaving } from '#portal/settings/use-setting.ts'
import { Words } from '#portal/words/words.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { useState, type FormEvent } from 'react'
import { complaintsIn, emptyDraft, kindIn, requestOf } from './draft.ts'
import { useReread, type PagePart } from './page-part.ts'
import { TaxFields } from './tax-fields.tsx'
import { useDraft } from './use-draft.tsx'

/** One number more. Whether it is the company's is for the tax office to say, later. */
export function AddTaxNumber({ page, details, onClose }: PagePart & { readonly onClose: () => void }) {
  const country = details.address?.country ?? ''
  const reread = useReread()
  const saving = useSaving('billing-details')
  const [known] = useState(() => emptyDraft(country))
  const { draft, bind, unplaced, holds } = useDraft(known, saving)

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (saving.busy || !holds(complaintsIn(draft, ['tax_id']))) return
    if (!(await saving.save(requestOf(draft, ['tax_id'])))) return
    await reread()
    onClose()
  }

  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4 pt-2">
      <TaxFields kind={kindIn(draft)} country={country} bind={bind} />
      {saving.trouble && <SettingNotice place={page} trouble={saving.trouble} />}
      {unplaced && <SettingNotice place={page} trouble="failed" />}
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Button type="submit" wide={false} busy={saving.busy} busyText={<Words id="billing.taxAdding" />}>
          <Words id="billing.taxSave" />
        </Button>
        <LinkButton onClick={onClose}>
          <Words id="billing.cancel" />
        </LinkButton>
      </div>
    </form>
  )
}
