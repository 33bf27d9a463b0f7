import type { Visit } from '#contract/visit.ts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useLocation } from 'react-router-dom'
import { visitQuery } from './api/visit.ts'
import { checkIn } from './paths.ts'

/** The refusal that the address names. */
function useCheck(): string | undefined {
  return checkIn(useLocation().search)
}

/** The visit that the address names; suspends until it is known. */
export function useVisit(): Visit {
  return useSuspenseQuery(visitQuery(useCheck())).data
}
