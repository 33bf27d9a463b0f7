import type { AssignRequest } from '#contract/methods.ts'
import type { Visit } from '#contract/visit.ts'
import { ApiError } from '#portal/api/http.ts'
import { setupDeed } from '#portal/api/deeds.ts'
import { assignDeed } from '#portal/api/methods.ts'
import { paths } from '#portal/paths.ts'
import type { CardFieldsHandle } from '#portal/payments/card-fields.tsx'
import { saveNew, saveUnfinished } from '#portal/payments/money-deeds.ts'
import type { SaveResult } from '#portal/payments/save-card.ts'
import { isOfTheCard, type Situation } from '#portal/payments/situation.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router-dom'

export type Place = Pick<AssignRequest, 'isDefault' | 'plans'>

/** A method is saved by Stripe's fields, and then charged where the person wishes. No money moves. */
export function useAdding(visit: Visit) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [situation, setSituation] = useState<Situation>({ kind: 'idle' })
  const running = useRef(false)
  const savedBefore = useRef<string>(undefined)
  const setup = useMutation(setupDeed(undefined))
  const assign = useMutation(assignDeed(client))

  async function give(result: SaveResult | Situation, place: Place): Promise<Situation> {
    if (result.kind === 'waiting') return leave('waiting')
    if (result.kind !== 'saved') return result
    savedBefore.current = result.setupIntent
    try {
      const { outcome } = await assign.mutateAsync({ with: { setupIntent: result.setupIntent }, ...place })
      if (outcome.kind === 'done') return leave('addedNew')
      if (outcome.kind === 'processing') return leave('waiting')
      if (outcome.kind === 'declined' || outcome.kind === 'refused') {
        savedBefore.current = undefined
        return outcome
      }
      return { kind: 'stale' }
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 401) return { kind: 'signed-out', error }
      return { kind: error.kind === 'offline' ? 'offline' : 'unavailable' }
    }
  }

  function leave(kind: 'addedNew' | 'waiting'): Situation {
    void navigate(paths.methods, { replace: true, state: { news: { kind } } })
    return { kind: 'over' }
  }

  async function run(deed: () => Promise<Situation>): Promise<void> {
    // The second click of a double click comes before the screen has said that it is busy.
    if (running.current) return
    running.current = true
    try {
      setSituation(navigator.onLine ? await deed() : { kind: 'offline' })
    } finally {
      running.current = false
    }
  }

  return {
    situation,
    /** What was saved a moment ago and not touched since is not asked for twice. */
    add: (fields: CardFieldsHandle, place: Place) =>
      run(async () => {
        setSituation({ kind: 'busy', step: 'saving' })
        const before = savedBefore.current
        const saved: SaveResult | Situation =
          before === undefined
            ? await saveNew({ setup: () => setup.mutateAsync() }, fields.save)
            : { kind: 'saved', setupIntent: before }
        return give(saved, place)
      }),
    goOn: (unfinished: NonNullable<Visit['unfinished']>, place: Place) =>
      run(async () => {
        setSituation({ kind: 'busy', step: 'bank' })
        return give(await saveUnfinished({ visit }, unfinished), place)
      }),
    changed: () => {
      savedBefore.current = undefined
      if (isOfTheCard(situation)) setSituation({ kind: 'idle' })
    },
  }
}
