import type { Place } from '#contract/place.ts'
import { Words } from '#portal/words/words.ts'
import { Notice } from '#ui/notice.tsx'
import type { SettingTrouble } from './use-setting.ts'

type SettingNoticeProps = { readonly place: Pick<Place, 'account'>; readonly trouble: SettingTrouble }

/** Why it was not saved, whether anything was charged, what to do. */
export function SettingNotice({ place, trouble }: SettingNoticeProps) {
  return (
    <Notice kind="warning" role="alert" word={<Words id={`setting.${trouble}`} />}>
      {trouble === 'notAllowed' ? (
        <Words id="setting.notAllowedWhy" values={{ account: <bdi>{place.account.label}</bdi> }} />
      ) : (
        <Words id={`setting.${trouble}Why`} />
      )}
    </Notice>
  )
}
