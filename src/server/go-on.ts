import type { Visit } from '#contract/visit.ts'
import type { Diagnosis } from '#diagnosis/diagnosis.ts'
import type { Reading } from './account.ts'
import type { Hands } from './context.ts'
import { quoteFrom } from './plan-change.ts'
import { StripeUnreachable } from './stripe/client.ts'
import { readInvoice } from './stripe/pay-invoice.ts'
import type { Reckoning } from './stripe/reckon.ts'
import {
  likeEnded,
  previewBeginning,
  previewResumption,
  readSubscriptions,
  type SubscriptionState,
} from './stripe/subscriptions.ts'

/**
 * What it costs now to go on with the plan that was paused or has ended, where that is what the person is to do: the
 * list price says nothing of taxes and credit. Absent where Stripe does not tell.
 */
export async function goOn(
  hands: Hands,
  { record: { customer }, facts }: Reading,
  { blockers }: Diagnosis,
): Promise<Visit['goOn']> {
  const blocker = blockers.find(({ fix }) => fix === 'renew' || fix === 'resume')
  if (!blocker || !('subscription' in blocker) || customer === undefined || facts.source !== 'live') return undefined
  try {
    const subscriptions = await readSubscriptions(hands.stripe, customer)
    const state = subscriptions.find(({ id }) => id === blocker.subscription)
    const reckoning = state && (await reckonFor(hands, state, customer))
    return reckoning && { subscription: blocker.subscription, quote: quoteFrom(reckoning) }
  } catch (error) {
    if (error instanceof StripeUnreachable) return undefined
    throw error
  }
}

function reckonFor(hands: Hands, state: SubscriptionState, customer: string): Promise<Reckoning | undefined> {
  return state.status === 'paused'
    ? resumption(hands, state)
    : previewBeginning(hands.stripe, customer, likeEnded(state))
}

/** An invoice that an earlier try left open is what resuming pays. */
async function resumption({ stripe, now }: Hands, paused: SubscriptionState): Promise<Reckoning | undefined> {
  const left = paused.latestInvoice === undefined ? undefined : await readInvoice(stripe, paused.latestInvoice)
  if (left?.status === 'open') return { due: { amount: left.remaining, currency: left.currency } }
  return previewResumption(stripe, paused, now())
}
