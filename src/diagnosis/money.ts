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
