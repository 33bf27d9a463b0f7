import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { AccountFrame } from './account-page.tsx'
import { Whereabouts } from './corridor.tsx'
import { useKnownPlace } from './known-place.ts'
import { useLongWait } from './payments/use-long-wait.ts'
import { useWords, Words } from './words/words.ts'

/** An account page on its way: its frame stands, and only what is unknown is grey. */
export function AccountWaiting() {
  const { say } = useWords()
  const place = useKnownPlace()
  const long = useLongWait()
  return (
    <AccountFrame place={place}>
      <title>{say('frame.loading')}</title>
      <div className="flex flex-col gap-3">
        {place ? <Whereabouts about={place} /> : <Skeleton width="w-40" height="h-5" />}
        <h1 className="text-display font-semibold tracking-tight">
          <Words id="frame.loading" />
        </h1>
        {!long && <Skeleton width="w-1/2" height="h-6" />}
      </div>
      {long ? (
        <div className="flex max-w-corridor flex-col gap-3">
          <Notice kind="info" word={say('frame.loadingLong')} />
          <Button kind="quiet" onClick={() => window.location.reload()}>
            <Words id="error.reload" />
          </Button>
        </div>
      ) : (
        <div className="flex max-w-letter flex-col gap-12 pt-2">
          <Lines />
          <Lines />
        </div>
      )}
    </AccountFrame>
  )
}

function Lines() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton width="w-40" height="h-5" />
      <Skeleton />
      <Skeleton width="w-3/4" />
      <Skeleton width="w-1/2" />
    </div>
  )
}
