import type { Offers } from '#contract/offer.ts'
import type { Instant } from '#diagnosis/account.ts'
import type { BlockerOf } from '#diagnosis/diagnosis.ts'
import type { Money } from '#diagnosis/money.ts'
import type { PackOffer, PlanOffer } from '#contract/offer.ts'

type CapOffer = Offers['caps'][number]

/** A way past a limit; `cost` is what it takes from the person now. */
export type Way =
  | { readonly kind: 'less'; readonly left: number }
  | { readonly kind: 'wait'; readonly until: Instant }
  | { readonly kind: 'cap'; readonly cap: CapOffer; readonly limit: Money }
  | { readonly kind: 'credits'; readonly pack: PackOffer }
  | { readonly kind: 'plan'; readonly plan: PlanOffer }

/** What costs nothing, and is known before any price is. */
export function freeWays(blocker: BlockerOf<'usage_limit_exceeded'>): readonly Way[] {
  const { resets } = blocker
  const left = leftFor(blocker)
  return [
    ...(left === undefined ? [] : [{ kind: 'less', left } as const]),
    ...(resets === undefined ? [] : [{ kind: 'wait', until: resets } as const]),
  ]
}

/** How much still fits, where something does and only this request was too much. */
export function leftFor({ used, included, requested }: BlockerOf<'usage_limit_exceeded'>): number | undefined {
  if (used === undefined || included === undefined || requested === undefined || used >= included) return undefined
  return included - used
}

/**
 * What is bought or set, the cheapest now first: of each kind the one that costs least, and every plan that helps. Where
 * our own counting says that it is the plan's limit (`isCounted`), neither credits nor a higher cap lift it.
 */
export function pricedWays({ plans, packs, caps }: Offers, isCounted: boolean): readonly Way[] {
  const larger = plans.filter(({ helps }) => helps).map((plan) => ({ kind: 'plan', plan }) as const)
  return [...(isCounted ? [] : waysBeyond(packs, caps)), ...larger].toSorted((a, b) => costOf(a) - costOf(b))
}

/** What lets a plan be used beyond what it includes. */
function waysBeyond(packs: Offers['packs'], caps: Offers['caps']): readonly Way[] {
  const cap = caps.find(({ limit, spent, suggested }) => spent.amount >= limit.amount && suggested.length > 0)
  const limit = cap?.suggested[0]
  const pack = packs.filter(({ helps }) => helps).toSorted((a, b) => a.quote.due.amount - b.quote.due.amount)[0]
  return [
    ...(cap && limit ? [{ kind: 'cap', cap, limit } as const] : []),
    ...(pack ? [{ kind: 'credits', pack } as const] : []),
  ]
}

/** Minor units that are charged now. */
function costOf(way: Way): number {
  if (way.kind === 'credits') return way.pack.quote.due.amount
  return way.kind === 'plan' ? way.plan.quote.due.amount : 0
}

/** The cheapest that works now: waiting does not, and a cap lets money be spent rather than lifting the plan's limit. */
export function recommended(ways: readonly Way[]): Way | undefined {
  return ways.find(({ kind }) => kind === 'credits' || kind === 'plan') ?? ways.find(({ kind }) => kind === 'cap')
}
