import type { PlanAct } from '#contract/holding.ts'
import { planActDeed } from '#portal/api/deeds.ts'
import { ApiError } from '#portal/api/http.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'

/** Where an act stands. `lost`: nobody answered, so it may have been done; `failed`: it surely was not. */
type ActSituation = 'idle' | 'busy' | 'stale' | 'unknown' | 'lost' | 'failed' | 'too-many'

/** One act on a subscription: nothing is done twice, and what is not known is not called a failure. */
export function usePlanAct(subscription: string, onDone: (act: PlanAct) => void) {
  const running = useRef(false)
  const deed = useMutation(planActDeed(useQueryClient(), subscription))
  if (deed.error instanceof ApiError && deed.error.status === 401) throw deed.error
  return {
    situation: situationOf(deed),
    /** What was said of the last try no longer holds. */
    again: () => deed.reset(),
    act: (act: PlanAct) => {
      // The second click of a double click comes before the screen has said that it is busy.
      if (running.current) return
      running.current = true
      // Not `mutate`, whose callbacks are lost when what is newly known takes this very part off the page.
      deed.mutateAsync(act).then(
        ({ outcome }) => {
          // What is done stays done: the button goes with the next drawing.
          if (outcome.kind === 'done') onDone(act)
          else running.current = false
        },
        () => (running.current = false),
      )
    },
  }
}

type Deed = Pick<ReturnType<typeof useMutation<{ outcome: { kind: string } }>>, 'isPending' | 'error' | 'data'>

function situationOf({ isPending, error, data }: Deed): ActSituation {
  if (isPending) return 'busy'
  if (error) {
    if (!(error instanceof ApiError) || error.problem === undefined) return 'lost'
    return error.status === 429 ? 'too-many' : 'failed'
  }
  if (data?.outcome.kind === 'stale') return 'stale'
  return data?.outcome.kind === 'unknown' ? 'unknown' : 'idle'
}
