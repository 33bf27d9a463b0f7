import type { Planned } from '#contract/planned.ts'
import type { Format } from '#portal/format.ts'
import type { Say } from '#portal/words/words.ts'

/** "Changes to Starter on Friday, 1 January" */
export function plannedIn({ plan, quantity, seatsOnly, at }: Planned, now: number, say: Say, format: Format): string {
  const day = format.day(at, now)
  return seatsOnly ? say('planned.toSeats', { count: quantity, day }) : say('planned.to', { plan, day })
}
