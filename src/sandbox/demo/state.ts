import type { Who } from './customer.ts'
import type { Lab } from './lab.ts'
import type { Reached } from './moves.ts'
import type { Reason, Screen } from './reason.ts'

/** (subscription, its latest invoice, that invoice's intent) in Stripe's words; null where there is none. */
export type Seen = readonly [subscription: string | null, invoice: string | null, intent: string | null]

/** A state that the billing of one customer can be in at Stripe. */
export type State = {
  readonly title: string
  readonly reach: (lab: Lab, who: Who) => Promise<Reached>
  readonly seen: Seen
  /** What the portal calls it, with a week of grace over; null where it serves. */
  readonly reason: Reason | null
  /** Where that does not lead to its usual screen. */
  readonly screen?: Screen
}

export const healthyState: Seen = ['active', 'paid', 'succeeded']
