import type { PlanOffer } from '#contract/offer.ts'
import type { Format } from '#portal/format.ts'
import type { Say } from '#portal/words/words.ts'

export type Point = { readonly key: string; readonly text: string }

/** What each plan has that not all of them have, and what all have; said in the merchant's own names. */
export function differences(plans: readonly PlanOffer[], say: Say, format: Format) {
  const all = plans.map((plan) => pointsOf(plan, say, format))
  const isShared = ({ key, text }: Point) =>
    plans.length > 1 && all.every((points) => points.some((point) => point.key === key && point.text === text))
  return {
    shared: (all[0] ?? []).filter(isShared),
    of: new Map(plans.map(({ key }, index) => [key, (all[index] ?? []).filter((point) => !isShared(point))])),
  }
}

/** Limits first, because they are compared; then seats; then features. */
function pointsOf({ limits, seats, features }: PlanOffer, say: Say, format: Format): readonly Point[] {
  return [
    ...limits.map(({ meter, unit, included }) => ({
      key: `limit ${meter}`,
      text: `${format.number(included)} ${unit}`,
    })),
    ...(seats === undefined ? [] : [{ key: 'seats', text: say('plan.seats', { count: seats }) }]),
    ...features.map((feature) => ({ key: `feature ${feature}`, text: featureName(feature) })),
  ]
}

/** "offline_maps" → "Offline maps"; what is a name already stays as it is. */
export function featureName(feature: string): string {
  if (!/^[a-z\d_-]+$/.test(feature)) return feature
  const words = feature.replaceAll(/[_-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
