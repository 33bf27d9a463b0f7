import { Part } from '#portal/account-page.tsx'
import { useFormat } from '#portal/format.ts'
import { SettingNotice } from '#portal/settings/setting-notice.tsx'
import { useSaving } from '#portal/settings/use-setting.ts'
import { Words, useWords } from '#portal/words/words.ts'
import { Button } from '#ui/button.tsx'
import { SelectField, TextField } from '#ui/field.tsx'
import { Notice } from '#ui/notice.tsx'
import { useMemo, useState, type FormEvent } from 'react'
import { AddressFields } from './address-fields.tsx'
import { changesOf, complaintsAbout, draftOf } from './draft.ts'
import { languagesIn } from './languages.ts'
import { NameField } from './name-field.tsx'
import { useReread, type PagePart } from './page-part.ts'
import { useDraft } from './use-draft.tsx'
import { WrongFields } from './wrong-fields.tsx'

/** Everything that is one of its kind. Only what was touched is sent, so that two tabs do not undo each other. */
export function EditForm({ page, details }: PagePart) {
  const { say } = useWords()
  const { locale } = useFormat()
  const reread = useReread()
  const saving = useSaving('billing-details')
  const [said, setSaid] = useState<'saved' | 'nothing'>()
  const known = useMemo(() => draftOf(details), [details])
  const { draft, bind, touched, wrong, unplaced, holds, settle } = useDraft(known, {
    refused: saving.refused,
    changed: () => {
      setSaid(undefined)
      saving.changed()
    },
  })
  const { onType, ...language } = bind('language')

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (saving.busy || !holds(complaintsAbout(draft, touched))) return
    if (touched.length === 0) return setSaid('nothing')
    if (!(await saving.save(changesOf(draft, touched)))) return
    await reread()
    settle(draft)
    setSaid('saved')
  }

  return (
    <>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-12">
        <Part title={<Words id="billing.on" />}>
          <div className="flex flex-col gap-4">
            <NameField bind={bind} />
            <AddressFields country={draft['address.country']} bind={bind} />
          </div>
        </Part>
        <Part title={<Words id="billing.sending" />}>
          <div className="flex flex-col gap-4">
            <TextField
              {...bind('email')}
              label={<Words id="billing.email" />}
              hint={<Words id="billing.emailHint" />}
              type="email"
              autoComplete="billing email"
              autoCapitalize="none"
              spellCheck={false}
              dir="ltr"
              maxLength={320}
            />
            <SelectField
              {...language}
              label={<Words id="billing.language" />}
              onChoose={onType}
              groups={[{ options: languagesIn(locale, known.language) }]}
              {...(known.language === '' && { empty: say('billing.languageNone', { merchant: page.merchant.name }) })}
            />
            <WrongFields count={wrong} />
            {saving.trouble && <SettingNotice place={page} trouble={saving.trouble} />}
            {unplaced && <SettingNotice place={page} trouble="failed" />}
            {said && <Said said={said} />}
            <div>
              <Button type="submit" wide={false} busy={saving.busy} busyText={<Words id="setting.saving" />}>
                <Words id="billing.save" />
              </Button>
            </div>
          </div>
        </Part>
      </form>
      {/* It has a form of its own. */}
      {saving.dialog}
    </>
  )
}

function Said({ said }: { readonly said: 'saved' | 'nothing' }) {
  const kind = said === 'saved' ? 'success' : 'info'
  // A notice holds paragraphs, and <output> may not.
  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
  return <Notice kind={kind} role="status" word={<Words id={`billing.${said}`} />} />
}
