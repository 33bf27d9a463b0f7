const formats = new Map<string, Intl.NumberFormat>()

/** `EUR 49.00` from 4900 minor units of `eur`. */
export function spokenAmount(minor: number, currency: string): string {
  const code = currency.toUpperCase()
  const known = formats.get(code)
  const format = known ?? new Intl.NumberFormat('en-IE', { style: 'currency', currency: code, currencyDisplay: 'code' })
  if (known === undefined) formats.set(code, format)
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits).replaceAll('\u00a0', ' ')
}
