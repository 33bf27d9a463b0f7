import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { Corridor } from './corridor.tsx'
import { useLongWait } from './payments/use-long-wait.ts'
import { useWords, Words } from './words/words.ts'

/** Before anything is known: real words where there are some, grey where there are none; a way on when it takes long. */
export function Waiting() {
  const { say } = useWords()
  const long = useLongWait()
  return (
    <Corridor headline={say('frame.loading')} above={<Skeleton width="w-40" height="h-5" />}>
      {long ? (
        <>
          <Notice kind="info" word={say('frame.loadingLong')} />
          <Button onClick={() => window.location.reload()}>
            <Words id="error.reload" />
          </Button>
        </>
      ) : (
        <>
          <div className="flex flex-col gap-3">
            <Skeleton width="w-3/4" />
            <Skeleton width="w-1/2" />
          </div>
          <Skeleton height="h-40" />
        </>
      )}
    </Corridor>
  )
}
