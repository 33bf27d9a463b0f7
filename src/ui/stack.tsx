import type { ReactNode } from 'react'

/** A word at the start and a figure at the end of one line; figures of several rows stand exactly below one another. */
export function Row({ start, end }: { readonly start: ReactNode; readonly end: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <div className="min-w-0">{start}</div>
      <div className="shrink-0 text-end tabular-nums">{end}</div>
    </div>
  )
}

/** The amount above a button. */
export function Amount({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) {
  return (
    <p className="flex items-baseline justify-between gap-4">
      <span className="min-w-0 text-quiet">{label}</span>
      <bdi className="shrink-0 text-title font-semibold tabular-nums">{children}</bdi>
    </p>
  )
}
