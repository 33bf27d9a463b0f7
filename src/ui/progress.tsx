import type { ReactNode } from 'react'

/** A wait in words, read out once when the words change. Nothing turns: a bar stands still and the words do the work. */
export function Progress({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <output className="block">{children}</output>
      <div aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-sunken">
        <div className="h-full w-1/3 rounded-full bg-accent" />
      </div>
    </div>
  )
}
