import { PlaceSchema, type Place } from '#contract/place.ts'
import type { Visit } from '#contract/visit.ts'
import { useQueryClient } from '@tanstack/react-query'

/** Whose account this tab has last shown, by any of its pages; undefined where it has shown none. */
export function useKnownPlace(): Place | undefined {
  const answers = useQueryClient()
    .getQueryCache()
    .getAll()
    .toSorted((a, b) => b.state.dataUpdatedAt - a.state.dataUpdatedAt)
    .map(({ state, queryKey }): unknown => (queryKey[0] === 'visit' ? asPlace(state.data as Visit) : state.data))
  for (const answer of answers) {
    const place = PlaceSchema.safeParse(answer)
    if (place.success) return place.data
  }
  return undefined
}

function asPlace(visit: Visit | undefined): Place | undefined {
  return visit && { ...visit, sandbox: visit.stripe.sandbox }
}
