import { VisitSchema, type Visit } from '#contract/visit.ts'
import type { Reason } from '#diagnosis/reason.ts'
import { queryOptions } from '@tanstack/react-query'
import { isUnsettled } from './attempt.ts'
import { request } from './http.ts'

/** Milliseconds between two looks while money is on its way, and while somebody else has been asked to act. */
const MONEY = 3_000
const SOMEBODY = 15_000

/** Everything a screen needs about this refusal, or about the account where no refusal is named. */
export function visitQuery(check?: string) {
  return queryOptions({
    queryKey: ['visit', check ?? null],
    queryFn: ({ signal }) =>
      request(VisitSchema, check === undefined ? '/api/visit' : `/api/visit?check=${encodeURIComponent(check)}`, {
        signal,
      }),
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) => patience(state.data, check),
  })
}

function patience(visit: Visit | undefined, check: string | undefined): number | false {
  const first = visit?.diagnosis.blockers[0]
  if (!first) return false
  if (first.reason === 'payment_processing' || isUnsettled(check)) return MONEY
  return visit.mayPay || watched.includes(first.reason) ? false : SOMEBODY
}

/** Their own screens know better when to look again. */
const watched: readonly Reason[] = ['rate_limited', 'upstream_billing', 'account_frozen']
