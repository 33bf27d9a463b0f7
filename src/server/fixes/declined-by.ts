import type { PaymentError } from '#diagnosis/account.ts'
import { declineGroup, sameCardCanWork } from '#diagnosis/decline.ts'
import type { OutcomeHeard } from '#server/store/attempts.ts'

/** A refusal by the bank, with its own words beside it for as long as the deed lasts. */
export function declinedBy(error: PaymentError): OutcomeHeard {
  return {
    kind: 'declined',
    decline: declineGroup(error),
    sameCardCanWork: sameCardCanWork(error),
    said: error,
  }
}
