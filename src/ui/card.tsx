import type { ReactNode } from 'react'

/** The one level of box on a page. */
export function Card({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  return (
    <section
      aria-label={label}
      className="flex flex-col gap-4 rounded-card border border-hairline bg-surface p-4 shadow-float sm:p-6"
    >
      {children}
    </section>
  )
}
