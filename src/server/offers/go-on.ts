import type { Offers } from '#contract/offer.ts'
import { isOver, newest } from '#diagnosis/standing.ts'
import type { Hands } from '#server/context.ts'
import type { Market } from '#server/offers.ts'
import { quoteFrom } from '#server/plan-change.ts'
import { readInvoice } from '#server/stripe/pay-invoice.ts'
import type { Reckoning } from '#server/stripe/reckon.ts'
import { likeEnded, previewBeginning, previewResumption, type SubscriptionState } from '#server/stripe/subscriptions.ts'

/** What it costs now to go on with the plan that is paused, or that ended. Throws StripeUnreachable. */
export async function goOnOffer(hands: Hands, { reading, subscriptions }: Market): Promise<Offers['goOn']> {
  const { customer } = reading.record
  const last = newest(subscriptions.filter(({ status }) => status === 'paused')) ?? newestEnded(subscriptions)
  if (!last || customer === undefined) return undefined
  const reckoning = await (last.status === 'paused' ? resumption(hands, last) : renewal(hands, last, customer))
  return reckoning && { subscription: last.id, quote: quoteFrom(reckoning) }
}

/** Only where nothing lives: beside a living subscription none is begun. */
function newestEnded(subscriptions: readonly SubscriptionState[]): SubscriptionState | undefined {
  return subscriptions.every(isOver) ? newest(subscriptions) : undefined
}

async function renewal({ stripe }: Hands, ended: SubscriptionState, customer: string) {
  return ended.withdrawn || ended.price === undefined ? undefined : previewBeginning(stripe, customer, likeEnded(ended))
}

/** An invoice that an earlier try left open is what resuming pays. */
async function resumption({ stripe }: Hands, paused: SubscriptionState): Promise<Reckoning | undefined> {
  const left = paused.latestInvoice === undefined ? undefined : await readInvoice(stripe, paused.latestInvoice)
  if (left?.status === 'open') return { due: { amount: left.remaining, currency: left.currency } }
  return previewResumption(stripe, paused)
}
