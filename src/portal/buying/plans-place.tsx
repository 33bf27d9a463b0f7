import { Words } from '#portal/words/words.ts'
import { Skeleton } from '#ui/skeleton.tsx'
import { VisuallyHidden } from '#ui/visually-hidden.tsx'

/** Holds the place of the plans while their prices are asked for. */
export function PlansPlace() {
  return (
    <div aria-busy="true" className="flex flex-col gap-2">
      <p className="font-medium">
        <Words id="plan.legend" />
      </p>
      <div className="grid gap-3 md:grid-cols-3">
        {['one', 'two', 'three'].map((place) => (
          <div key={place} className="flex flex-col gap-3 rounded-card border border-hairline p-4 md:min-h-56">
            <Skeleton width="w-1/2" height="h-5" />
            <Skeleton width="w-2/3" height="h-7" />
            <Skeleton width="w-3/4" />
          </div>
        ))}
      </div>
      <Skeleton width="w-1/3" />
      <VisuallyHidden>
        <Words id="busy.pricing" />
      </VisuallyHidden>
    </div>
  )
}
