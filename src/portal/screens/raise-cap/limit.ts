import type { CapOffer } from '#contract/offer.ts'
import type { Money } from '#diagnosis/money.ts'
import { parseMoney } from '#portal/parse-money.ts'

/** A new limit, or why it cannot be one. */
export type Limit =
  | { readonly kind: 'limit'; readonly limit: Money }
  | { readonly kind: 'need' | 'malformed' | 'precise' | 'tooSmall' | 'tooLarge' }

/** Below this nothing would change: the limit of now, or what is spent already. */
export function leastOf({ limit, spent }: CapOffer): Money {
  return spent.amount > limit.amount ? spent : limit
}

/** Whether the merchant lets it be raised at all. */
export function canRise(cap: CapOffer): boolean {
  return cap.most === undefined || cap.most.amount > leastOf(cap).amount
}

/** What is typed, as a limit of this cap in its own currency. */
export function limitFrom(typed: string, cap: CapOffer, locale: string): Limit {
  const parsed = parseMoney(typed, cap.limit.currency, locale)
  if (parsed.kind === 'empty') return { kind: 'need' }
  if (parsed.kind !== 'money') return { kind: parsed.kind }
  const { amount } = parsed.money
  if (amount <= leastOf(cap).amount) return { kind: 'tooSmall' }
  return cap.most && amount > cap.most.amount ? { kind: 'tooLarge' } : { kind: 'limit', limit: parsed.money }
}
