import { Notice } from '#ui/notice.tsx'
import { Words } from './words/words.ts'

/** The last look by itself came to nothing; what is on the screen is the one before. */
export function WatchFailed() {
  return (
    <output className="block">
      <Notice kind="warning" word={<Words id="watch.failed" />}>
        <Words id="watch.failedWhy" />
      </Notice>
    </output>
  )
}
