import { useEffect, useRef, type ReactNode } from 'react'

type InSightProps = {
  /** What is told, by a name that changes with it; undefined while there is nothing to tell. */
  readonly told: string | undefined
  readonly children: ReactNode
}

/** What came of a try is brought into sight with the button below it, however long the form above has become. */
export function InSight({ told, children }: InSightProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // jsdom has no layout, so it has nothing to scroll.
    if (told !== undefined) place.current?.scrollIntoView?.({ block: 'nearest' })
  }, [told])
  return (
    <div ref={place} className="flex scroll-mt-4 scroll-mb-24 flex-col gap-4 empty:hidden">
      {children}
    </div>
  )
}
