import type { Account, Instant, Subscription } from './account.ts'
import { compact } from './compact.ts'
import { termsFor } from './diagnose.ts'
import type { Counted } from './diagnosis.ts'
import type { Policy } from './policy.ts'

type Limit = { readonly included: number; readonly hard: boolean }
type Rate = { readonly limit: number; readonly seconds: number }

/**
 * One thing that another plan gives and this one does not, or less of it. `before` and `after` are absent where a plan says
 * nothing about it: then nothing of a meter is included, and seats are not limited. `used` is absent where it is unknown.
 */
export type TermsChange =
  | { readonly kind: 'feature'; readonly feature: string; readonly gained: boolean }
  | {
      readonly kind: 'limit'
      readonly meter: Counted
      readonly before?: Limit
      readonly after?: Limit
      readonly used?: number
      readonly resets?: Instant
    }
  | { readonly kind: 'seats'; readonly before?: number; readonly after?: number; readonly used?: number }
  | { readonly kind: 'rate'; readonly meter: Counted; readonly before?: Rate; readonly after?: Rate }

/**
 * What an account would gain and lose if its subscriptions were these: access first, then how much of it. What stays the
 * same is left out. Instants in unix seconds.
 */
export function compareTerms(
  account: Account,
  subscriptions: readonly Subscription[],
  policy: Policy,
  now: Instant,
): readonly TermsChange[] {
  const has = termsFor(account, policy, now)
  const gives = termsFor({ ...account, subscriptions }, policy, now)
  const counted = (id: string): Counted => ({
    id,
    name: policy.meters?.[id]?.name ?? id,
    unit: policy.meters?.[id]?.unit ?? '',
  })
  const features = union(has.features, gives.features).flatMap((feature): readonly TermsChange[] => {
    const gained = gives.features.has(feature)
    return gained === has.features.has(feature) ? [] : [{ kind: 'feature', feature, gained }]
  })
  const limits = union(has.limits.keys(), gives.limits.keys()).flatMap((meter): readonly TermsChange[] => {
    const [before, after] = [has.limits.get(meter), gives.limits.get(meter)]
    if (before?.included === after?.included && before?.hard === after?.hard) return []
    const reading = account.usage?.find((candidate) => candidate.meter === meter)
    const { used, resets } = reading ?? {}
    return [{ kind: 'limit', meter: counted(meter), ...compact({ before, after, used, resets }) }]
  })
  const rates = union(has.rates.keys(), gives.rates.keys()).flatMap((meter): readonly TermsChange[] => {
    const [before, after] = [has.rates.get(meter), gives.rates.get(meter)]
    if (before?.limit === after?.limit && before?.seconds === after?.seconds) return []
    return [{ kind: 'rate', meter: counted(meter), ...compact({ before, after }) }]
  })
  const seats: readonly TermsChange[] =
    has.seats === gives.seats
      ? []
      : [{ kind: 'seats', ...compact({ before: has.seats, after: gives.seats, used: account.seats }) }]
  return [...features.toSorted((a, b) => Number(isLost(a)) - Number(isLost(b))), ...limits, ...seats, ...rates]
}

function isLost(change: TermsChange): boolean {
  return change.kind === 'feature' && !change.gained
}

function union(one: Iterable<string>, other: Iterable<string>): readonly string[] {
  return [...new Set([...one, ...other])]
}
