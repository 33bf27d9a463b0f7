import { auditExport, auditQuery, wishIn } from '#support/api/audit.ts'
import { auditWords } from '#support/words/audit.ts'
import { Button } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router-dom'
import { Filters } from './filters.tsx'
import { Rows } from './rows.tsx'

/** Who of the staff looked at what and did what. */
export function Component() {
  const wish = wishIn(useLocation().search)
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError } = useSuspenseInfiniteQuery(
    auditQuery(wish),
  )
  const rows = data.pages.flatMap((page) => page.rows)
  const list = useRef<HTMLDivElement>(null)
  const shown = useRef<number>(undefined)

  // Whoever goes on with the keyboard goes on at the first of the new ones.
  useEffect(() => {
    if (shown.current === undefined || shown.current >= rows.length) return
    list.current?.querySelectorAll<HTMLElement>('tbody tr')[shown.current]?.focus()
    shown.current = undefined
  }, [rows.length])

  return (
    <div className="flex flex-col gap-6">
      <header className="flex flex-col gap-1">
        <h1 className="text-title font-semibold">{auditWords.title}</h1>
        <p className="max-w-letter text-quiet">{auditWords.why}</p>
        <a href={auditExport} download className="link target self-start">
          {auditWords.export}
        </a>
      </header>
      <Filters key={JSON.stringify(wish)} wish={wish} people={data.pages[0]?.people ?? []} />
      <div ref={list}>
        {rows.length > 0 ? (
          <Rows rows={rows} />
        ) : (
          <p className="text-quiet">{Object.keys(wish).length > 0 ? auditWords.noneLikeThis : auditWords.none}</p>
        )}
      </div>
      {isFetchNextPageError && <Notice kind="warning" role="alert" word={auditWords.moreFailed} />}
      {hasNextPage && (
        <Button
          kind="quiet"
          wide={false}
          busy={isFetchingNextPage}
          busyText={auditWords.loading}
          onClick={() => {
            shown.current = rows.length
            void fetchNextPage()
          }}
        >
          {auditWords.more}
        </Button>
      )}
    </div>
  )
}
