import { Empty, Part } from '#portal/account-page.tsx'
import { SettingNotice } from '#portal/settings/setting-notice.tsx'
import { useSaving } from '#portal/settings/use-setting.ts'
import { Told } from '#portal/told.tsx'
import { Words, useWords } from '#portal/words/words.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { TextField } from '#ui/field.tsx'
import { useState, type FormEvent } from 'react'
import { emailIn, emptyDraft } from './draft.ts'
import { useReread, type PagePart } from './page-part.ts'
import { useDraft } from './use-draft.tsx'

/** Who else gets our letters. Stripe knows one address for each customer, so this list is our own. */
export function Copies({ page, details: { recipients } }: PagePart) {
  const { say } = useWords()
  const reread = useReread()
  const saving = useSaving('billing-details')
  const [known] = useState(() => emptyDraft())
  const [removed, setRemoved] = useState<string>()
  const { draft, bind, unplaced, holds, settle } = useDraft(known, saving)

  async function add(event: FormEvent) {
    event.preventDefault()
    if (saving.busy || !holds(emailIn(draft, 'recipient.add'))) return
    if (!(await saving.save({ recipient: { add: draft['recipient.add'].trim() } }))) return
    await reread()
    settle(draft)
  }

  async function remove(email: string) {
    if (!(await saving.save({ recipient: { remove: email } }))) return
    await reread()
    setRemoved(email)
  }

  return (
    <Part title={<Words id="billing.copies" />}>
      <p className="max-w-measure text-small text-quiet">
        <Words id="billing.copiesWhy" />
      </p>
      {removed !== undefined && !saving.busy && !recipients.includes(removed) && (
        <Told key={removed} word={say('billing.removed', { name: removed })} />
      )}
      {recipients.length > 0 ? (
        <ul className="flex flex-col divide-y divide-hairline border-y border-hairline">
          {recipients.map((email) => (
            <li key={email} className="flex flex-wrap items-baseline justify-between gap-x-4 py-1">
              <bdi className="min-w-0 wrap-anywhere">{email}</bdi>
              <LinkButton
                onClick={() => void remove(email)}
                aria-label={say('billing.removeNamed', { name: email })}
                aria-disabled={saving.busy || undefined}
              >
                <Words id="billing.remove" />
              </LinkButton>
            </li>
          ))}
        </ul>
      ) : (
        <Empty>
          <Words id="billing.copiesNone" />
        </Empty>
      )}
      <form noValidate onSubmit={(event) => void add(event)} className="flex flex-col gap-4 pt-2">
        <TextField
          {...bind('recipient.add')}
          label={<Words id="billing.copyAdd" />}
          type="email"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          maxLength={320}
        />
        {saving.trouble && <SettingNotice place={page} trouble={saving.trouble} />}
        {unplaced && <SettingNotice place={page} trouble="failed" />}
        <div>
          <Button type="submit" kind="quiet" wide={false} busy={saving.busy} busyText={<Words id="setting.saving" />}>
            <Words id="billing.copySave" />
          </Button>
        </div>
      </form>
    </Part>
  )
}
