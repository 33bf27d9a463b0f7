import type { PackOffer } from '#contract/offer.ts'
import { decimalsOf } from '#diagnosis/money.ts'
import type { Format } from '#portal/format.ts'

/** Digits that a price per piece is told with beyond its leading zeros. */
const PRECISION = 2

/** "€0.01" for one credit of a pack, and whether that is rounded. Never rounded to nothing. */
export function ratePerCredit(
  { credits, quote: { due } }: PackOffer,
  { locale }: Format,
): { readonly rate: string; readonly exact: boolean } {
  const decimals = decimalsOf(due.currency)
  const one = due.amount / 10 ** decimals / credits
  const zeros = one > 0 ? Math.max(0, -Math.floor(Math.log10(one)) - 1) : 0
  const digits = Math.min(20, Math.max(decimals, zeros + PRECISION))
  const style = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: due.currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: digits,
  })
  return { rate: style.format(one), exact: (due.amount * 10 ** (digits - decimals)) % credits === 0 }
}
