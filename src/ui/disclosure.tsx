import type { ReactNode } from 'react'

/** What most people need not read. */
export function Disclosure({ summary, children }: { readonly summary: ReactNode; readonly children: ReactNode }) {
  return (
    <details className="group text-small text-quiet">
      <summary className="inline-flex min-h-11 cursor-pointer list-none items-center gap-1 rounded-control hover:text-ink [&::-webkit-details-marker]:hidden">
        <svg
          viewBox="0 0 20 20"
          aria-hidden="true"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="-ms-1.5 size-4 transition-transform group-open:rotate-90 rtl:-scale-x-100"
        >
          <path d="M7.5 4.75 12.75 10 7.5 15.25" />
        </svg>
        {summary}
      </summary>
      <div className="ps-3.5 pb-2">{children}</div>
    </details>
  )
}
