import { Notice } from '#ui/notice.tsx'
import { useEffect, useRef, type ReactNode } from 'react'

type ToldProps = { readonly word: ReactNode; readonly children?: ReactNode; readonly kind?: 'success' | 'info' }

/** What has just been done. Where the button for it went with what it was about, the focus is here instead of nowhere. */
export function Told({ word, children, kind = 'success' }: ToldProps) {
  const told = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (document.activeElement === document.body) told.current?.focus()
  }, [])
  return (
    <div ref={told} tabIndex={-1} className="rounded-control">
      {/* A notice holds paragraphs, and <output> may not. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <Notice kind={kind} role="status" word={word}>
        {children}
      </Notice>
    </div>
  )
}
