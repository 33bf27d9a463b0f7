import { Notice } from '#ui/notice.tsx'
import { Words } from '#portal/words/words.ts'

export function Failed() {
  return (
    <Notice kind="danger" role="alert" word={<Words id="privacy.failed" />}>
      <Words id="privacy.failedWhy" />
    </Notice>
  )
}
