import type { Kept } from '#diagnosis/account.ts'
import type Stripe from 'stripe'

/**
 * A change to less begins with the next period although the item changes at once: the item's metadata says what was paid
 * for and holds until then. Stripe itself asks for the new price from its next invoice on, and nothing has to happen in
 * between (https://docs.stripe.com/billing/subscriptions/prorations#disable-prorations).
 */
const words = {
  price: 'fix402_keeps',
  plan: 'fix402_keeps_plan',
  quantity: 'fix402_keeps_quantity',
  until: 'fix402_keeps_until',
  ends: 'fix402_keeps_ends',
  /** For which price and quantity it is kept: an item that somebody changed since keeps nothing. */
  beside: 'fix402_keeps_beside',
} as const

/** What an item keeps, and until when; also where that time is over. */
export function keptBy({ metadata, price, quantity }: Stripe.SubscriptionItem): Kept | undefined {
  const said = metadata[words.price]
  const until = Number(metadata[words.until])
  const pieces = Number(metadata[words.quantity])
  const key = metadata[words.plan]
  if (!said || !Number.isSafeInteger(until) || !Number.isSafeInteger(pieces) || pieces < 1) return undefined
  if (metadata[words.beside] !== beside(price.id, quantity ?? 1)) return undefined
  return { price: said, quantity: pieces, until, ...(key && { key }), ...(metadata[words.ends] && { ends: true }) }
}

const beside = (price: string, quantity: number) => `${price}:${quantity}`

/** What an item's metadata says where `keeps` is kept beside what it is from now on. */
export function keeping(keeps: Kept, now: { readonly price: string; readonly quantity: number }) {
  return {
    [words.price]: keeps.price,
    [words.plan]: keeps.key ?? '',
    [words.quantity]: String(keeps.quantity),
    [words.until]: String(keeps.until),
    [words.ends]: keeps.ends ? 'true' : '',
    [words.beside]: beside(now.price, now.quantity),
  }
}

/** Takes all of it away: Stripe deletes what is set to nothing. */
export const keepingNothing: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(words).map((word) => [word, '']),
)
