import { Words } from '#portal/words/words.ts'
import { Notice } from '#ui/notice.tsx'
import type { PeopleTrouble } from './use-people-deed.ts'

/** What happened, and whether anything was done. */
export function PeopleTroubleNotice({ trouble }: { readonly trouble: PeopleTrouble | undefined }) {
  if (!trouble) return null
  return (
    <Notice kind="warning" role="alert" word={<Words id={`people.trouble.${trouble}`} />}>
      <Words id={`people.trouble.${trouble}Why`} />
    </Notice>
  )
}
