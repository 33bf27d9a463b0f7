const formats = new Map<string, Intl.NumberFormat>()

function formatOf(code: string): Intl.NumberFormat {
  const known = formats.get(code)
  const format = known ?? new Intl.NumberFormat('en-IE', { style: 'currency', currency: code, currencyDisplay: 'code' })
  if (known === undefined) formats.set(code, format)
  return format
}

/** How many digits of `currency` stand behind the point: 0, 2 or 3. */
function digitsOf(currency: string): number {
  return formatOf(currency.toUpperCase()).resolvedOptions().maximumFractionDigits ?? 2
}

/** `EUR 49.00` from 4900 minor units of `eur`. */
export function spokenAmount(minor: number, currency: string): string {
  const format = formatOf(currency.toUpperCase())
  return format.format(minor / 10 ** digitsOf(currency)).replaceAll('\u00a0', ' ')
}

/**
 * A part of an amount in whole minor units, halves away from zero. Where the currency has three decimals the last digit
 * is 0, as networks take no finer amounts (https://docs.stripe.com/currencies#three-decimal).
 */
export function roundMinor(amount: number, currency: string): number {
  const step = digitsOf(currency) === 3 ? 10 : 1
  return Math.sign(amount) * Math.round(Math.abs(amount) / step) * step + 0
}
