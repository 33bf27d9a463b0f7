import type { BillingDetails, TaxId } from '#contract/billing-details.ts'
import { SettingNotice } from '#portal/settings/setting-notice.tsx'
import { useSaving } from '#portal/settings/use-setting.ts'
import { Words } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { useReread } from './page-part.ts'

type RemoveProps = {
  readonly page: BillingDetails
  readonly taxId: TaxId
  readonly onClose: () => void
  readonly onDone: () => void
}

/** What follows from it is said before it is done. */
export function RemoveTaxNumber({ page, taxId, onClose, onDone }: RemoveProps) {
  const reread = useReread()
  const saving = useSaving('billing-details')

  async function remove() {
    if (!(await saving.save({ removeTaxId: taxId.id }))) return
    await reread()
    onDone()
  }

  return (
    <Dialog title={<Words id="billing.taxRemove" />} close={<Words id="billing.keep" />} onClose={onClose}>
      <p>
        <Words
          id="billing.taxRemoveWhy"
          values={{ value: <b className="font-semibold wrap-anywhere">{taxId.value}</b> }}
        />
      </p>
      {saving.trouble && <SettingNotice place={page} trouble={saving.trouble} />}
      <Button onClick={() => void remove()} busy={saving.busy} busyText={<Words id="billing.removing" />}>
        <Words id="billing.removeNamed" values={{ name: <bdi>{taxId.value}</bdi> }} />
      </Button>
    </Dialog>
  )
}
