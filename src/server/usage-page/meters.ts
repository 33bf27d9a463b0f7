import type { Beyond, MeterUsage } from '#contract/meter-usage.ts'
import type { Account } from '#diagnosis/account.ts'
import { compact } from '#diagnosis/compact.ts'
import { termsOf, type Terms } from '#diagnosis/limits.ts'
import type { MeterTerms, Policy } from '#diagnosis/policy.ts'
import type { Reading } from '#server/account.ts'
import type { Hands } from '#server/context.ts'
import { costOf } from '#server/counts.ts'
import { livingOf, periodOf } from '#server/periods.ts'
import { findUsedDays } from '#server/store/usage-days.ts'
import { findReportedMeters, sumUsage, type Period } from '#server/store/usage.ts'
import { outlookOf } from './outlook.ts'

/**
 * Every meter that concerns the account, in the order of the configuration: those that its plans limit, that cost
 * something, or of which there ever was a report. `money`: whether prices are this reader's business.
 */
export async function meterUsages(
  { config, database, now: clock }: Pick<Hands, 'config' | 'database' | 'now'>,
  { facts, record }: Pick<Reading, 'facts' | 'record'>,
  { money }: { money: boolean },
): Promise<readonly MeterUsage[]> {
  const { policy } = config
  const now = clock()
  const terms = termsOf(livingOf(facts, policy, now), policy, now)
  const reported = await findReportedMeters(database, record)
  const periods = metersOf(policy, terms, reported).map((meter) => ({ meter, ...periodOf(facts, policy, meter, now) }))
  const known = periods.filter(({ meter }) => reported.has(meter))
  const [sums, days] = await Promise.all([sumUsage(database, record, known), findUsedDays(database, record, known)])
  return periods.map(({ meter, since, until }) => {
    const used = reported.has(meter) ? (sums.get(meter) ?? 0) : undefined
    const own = new Map(days.filter((one) => one.meter === meter).map((one) => [one.day, one.used]))
    return {
      id: meter,
      ...nameOf(policy, meter),
      since,
      resets: until,
      ...compact({ used, reported: reported.get(meter) }),
      ...termsFor({ facts, policy, terms, money }, meter, used),
      ...(used !== undefined && { outlook: outlook({ since, until }, meter, used, own) }),
    }
  })

  function outlook(period: Period, meter: string, used: number, own: ReadonlyMap<number, number>) {
    return outlookOf(period, { used, included: terms.limits.get(meter)?.included, days: own }, now)
  }
}

/** What the merchant calls it; its id where only a plan names it. */
export function nameOf(policy: Policy, meter: string): { name: string; unit: string } {
  const { name = meter, unit = '' } = policy.meters?.[meter] ?? {}
  return { name, unit }
}

function metersOf(policy: Policy, { limits }: Terms, reported: ReadonlyMap<string, number>): readonly string[] {
  const named = Object.keys(policy.meters ?? {})
  const all = [...new Set([...named, ...limits.keys(), ...reported.keys()])]
  return all.filter((meter) => limits.has(meter) || reported.has(meter) || isSold(policy.meters?.[meter]))
}

function isSold(terms: MeterTerms | undefined): boolean {
  return terms?.price !== undefined || terms?.credits !== undefined
}

type Offer = { readonly facts: Account; readonly policy: Policy; readonly terms: Terms; readonly money: boolean }

/** The plan is not known where Stripe was never read; then nothing is said of it. */
function termsFor({ facts, policy, terms, money }: Offer, meter: string, used: number | undefined) {
  if (facts.source === 'none') return {}
  const limit = terms.limits.get(meter)
  const { price, credits: rate } = policy.meters?.[meter] ?? {}
  const included = limit?.included
  const units = Math.max(0, (used ?? 0) - (included ?? 0))
  const isPriced = price !== undefined && rate === undefined
  return compact({
    included,
    beyond: beyondOf(policy.meters?.[meter], limit?.hard),
    price: money && isPriced ? price : undefined,
    cost: money && isPriced && units > 0 ? costOf(policy, price.currency, [{ meter, units }]) : undefined,
    rate,
  })
}

function beyondOf(terms: MeterTerms | undefined, hard: boolean | undefined): Beyond | undefined {
  if (terms?.credits !== undefined) return 'credits'
  if (terms?.price !== undefined) return 'priced'
  if (hard === undefined) return undefined
  return hard ? 'stops' : 'free'
}
