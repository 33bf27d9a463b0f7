/** An amount in the smallest unit of its currency (cents, yen, fils), as Stripe counts; currency is ISO 4217, lower case. */
export type Money = {
  readonly amount: number
  readonly currency: string
}

/** Adds amounts of one currency; undefined for an empty list. Throws RangeError when currencies differ. */
export function sum(amounts: readonly Money[]): Money | undefined {
  const [first, ...rest] = amounts
  if (!first) return undefined
  for (const { currency } of rest) {
    if (currency !== first.currency) throw new RangeError(`cannot add ${currency} to ${first.currency}`)
  }
  return { amount: amounts.reduce((total, { amount }) => total + amount, 0), currency: first.currency }
}

/**
 * Where Stripe's smallest unit is not ISO 4217's, which is what `Intl` knows
 * (https://docs.stripe.com/currencies#special-cases and #zero-decimal).
 */
const stripeDecimals: Readonly<Record<string, number>> = { isk: 2, ugx: 2, mga: 0 }

/** How many decimals a currency (ISO 4217, either case) has at Stripe: 2 for eur, 0 for jpy, 3 for kwd. */
export function decimalsOf(currency: string): number {
  const known = stripeDecimals[currency.toLowerCase()]
  return (
    known ?? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  )
}

/** 4900 eur → "49.00": exact, as a decimal string that `Intl` takes and programs read; never a fraction. */
export function decimalOf({ amount, currency }: Money): `${number}` {
  const decimals = decimalsOf(currency)
  const digits = String(Math.abs(amount)).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  return `${amount < 0 ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}` as `${number}`
}
