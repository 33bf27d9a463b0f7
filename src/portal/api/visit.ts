import { VisitSchema, type Visit } from '#contract/visit.ts'
import { queryOptions } from '@tanstack/react-query'
import { isUnsettled } from './attempt.ts'
import { request } from './http.ts'

/** Milliseconds between two looks while money is on its way. */
const WAITING = 3_000

/** Everything a screen needs about this refusal, or about the account where no refusal is named. */
export function visitQuery(check?: string) {
  return queryOptions({
    queryKey: ['visit', check ?? null],
    queryFn: ({ signal }) =>
      request(VisitSchema, check === undefined ? '/api/visit' : `/api/visit?check=${encodeURIComponent(check)}`, {
        signal,
      }),
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) => (isWaiting(state.data, check) ? WAITING : false),
  })
}

function isWaiting(visit: Visit | undefined, check: string | undefined): boolean {
  const first = visit?.diagnosis.blockers[0]
  return first !== undefined && (first.reason === 'payment_processing' || isUnsettled(check))
}
