import { activeStates, beginningStates, trialStates } from './live-states.ts'
import { endedStates, pastDueStates, unpaidStates } from './owing-states.ts'
import { pausedStates } from './paused-states.ts'
import type { State } from './state.ts'

/** Every state that the billing of one customer can be in at Stripe, by what its subscription does. */
export const stateGroups = {
  Beginning: beginningStates,
  'On trial': trialStates,
  Active: activeStates,
  'Past due': pastDueStates,
  Unpaid: unpaidStates,
  Ended: endedStates,
  Paused: pausedStates,
} as const satisfies Record<string, Record<string, State>>

const states = {
  ...beginningStates,
  ...trialStates,
  ...activeStates,
  ...pastDueStates,
  ...unpaidStates,
  ...endedStates,
  ...pausedStates,
} as const

export type StateName = keyof typeof states
export const stateNames = Object.keys(states) as StateName[]

export function stateOf(name: StateName): State {
  return states[name]
}
