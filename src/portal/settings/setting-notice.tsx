import type { Visit } from '#contract/visit.ts'
import { Words } from '#portal/words/words.ts'
import { Notice } from '#ui/notice.tsx'
import type { SettingTrouble } from './use-setting.ts'

/** Why it was not saved, whether anything was charged, what to do. */
export function SettingNotice({ visit, trouble }: { readonly visit: Visit; readonly trouble: SettingTrouble }) {
  return (
    <Notice kind="warning" role="alert" word={<Words id={`setting.${trouble}`} />}>
      {trouble === 'notAllowed' ? (
        <Words id="setting.notAllowedWhy" values={{ account: <bdi>{visit.account.label}</bdi> }} />
      ) : (
        <Words id={`setting.${trouble}Why`} />
      )}
    </Notice>
  )
}
