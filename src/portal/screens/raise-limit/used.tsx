import type { Visit } from '#contract/visit.ts'
import type { BlockerOf } from '#diagnosis/diagnosis.ts'
import { useFormat } from '#portal/format.ts'
import { Words } from '#portal/words/words.ts'
import { Bar } from '#ui/bar.tsx'

type UsedProps = { readonly visit: Visit; readonly blocker: BlockerOf<'usage_limit_exceeded'> }

/** How much is used, of how much, and when that was read. What is not known is not drawn. */
export function Used({ visit: { diagnosis }, blocker: { meter, used, included } }: UsedProps) {
  const format = useFormat()
  if (used === undefined || included === undefined) return null
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <bdi className="font-medium">{meter?.name}</bdi>
        <span className="tabular-nums">
          <Words
            id="limit.used"
            values={{
              used: <b className="font-semibold">{format.number(used)}</b>,
              included: format.number(included),
              unit: <bdi>{meter?.unit ?? ''}</bdi>,
            }}
          />
        </span>
      </p>
      <Bar part={included === 0 ? 1 : used / included} tone="warning" />
      <p className="text-small text-quiet">
        <Words id="limit.asOf" values={{ time: format.time(diagnosis.asOf) }} />
      </p>
    </div>
  )
}
