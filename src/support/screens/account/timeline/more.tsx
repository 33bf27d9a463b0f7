import { timelineWords } from '#support/words/timeline.ts'
import { Button } from '#ui/button.tsx'
import { useEffect, useRef } from 'react'

type MoreProps = {
  readonly isLoading: boolean
  readonly hasMore: boolean
  readonly hasFailed: boolean
  readonly onMore: () => void
}

/** Older entries: by the button, and by itself when it is scrolled to. After a failure only by the button. */
export function More({ isLoading, hasMore, hasFailed, onMore }: MoreProps) {
  const place = useRef<HTMLDivElement>(null)
  const isReady = hasMore && !isLoading && !hasFailed
  useEffect(() => {
    if (!isReady || !place.current || !('IntersectionObserver' in window)) return
    const observer = new IntersectionObserver(([seen]) => seen?.isIntersecting && onMore(), { rootMargin: '400px' })
    observer.observe(place.current)
    return () => observer.disconnect()
  })
  if (!hasMore) return <p className="py-2 text-small text-quiet">{timelineWords.end}</p>
  return (
    <div ref={place} className="flex flex-col items-start gap-2">
      {hasFailed && <p role="alert">{timelineWords.failed}</p>}
      <Button kind="quiet" wide={false} busy={isLoading} busyText={timelineWords.loadingMore} onClick={onMore}>
        {timelineWords.more}
      </Button>
    </div>
  )
}
