import { Words } from '#portal/words/words.ts'
import { Skeleton } from '#ui/skeleton.tsx'
import { VisuallyHidden } from '#ui/visually-hidden.tsx'
import type { ReactNode } from 'react'

/** Holds the height of Stripe's card fields from the first paint on, so that nothing below them moves. */
export function FieldsPlace({ ready, children }: { readonly ready: boolean; readonly children?: ReactNode }) {
  return (
    <div className="grid min-h-65" aria-busy={!ready}>
      {!ready && (
        <div className="col-start-1 row-start-1 flex flex-col gap-4">
          <Outline />
          <div className="grid grid-cols-2 gap-4">
            <Outline />
            <Outline />
          </div>
          <Outline />
          <VisuallyHidden>
            <Words id="fields.loading" />
          </VisuallyHidden>
        </div>
      )}
      {children !== undefined && (
        <div className={`col-start-1 row-start-1 transition-opacity ${ready ? '' : 'opacity-0'}`}>{children}</div>
      )}
    </div>
  )
}

/** A label and its field. */
function Outline() {
  return (
    <div className="flex flex-col gap-1.5">
      <Skeleton width="w-24" height="h-5.5" />
      <Skeleton height="h-12" />
    </div>
  )
}
