import { Skeleton } from '#ui/skeleton.tsx'
import { Corridor } from './corridor.tsx'
import { useWords } from './words/words.ts'

/** Before anything is known: real words where there are some, grey where there are none. */
export function Waiting() {
  const { say } = useWords()
  return (
    <Corridor headline={say('frame.loading')}>
      <div className="flex flex-col gap-3">
        <Skeleton width="w-3/4" />
        <Skeleton width="w-1/2" />
      </div>
      <Skeleton height="h-40" />
    </Corridor>
  )
}
