import type { Outcome, Plan } from '#contract/deed.ts'
import type { Account } from '#diagnosis/account.ts'
import { declineGroup, sameCardCanWork } from '#diagnosis/decline.ts'
import { withAccountLock } from '#server/account-lock.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { closeSetup, countSetups, findOpenSetup, insertSetup } from '#server/store/setups.ts'
import { createSetup, pinMethod, readSetup, type SetupState } from '#server/stripe/save-card.ts'
import { sha256 } from '#server/token.ts'
import { requirePayer, type Payer } from './deed.ts'
import { payPlan } from './pay-plan.ts'

const HOUR = 3_600
/** A person mistypes a few times; whoever tests stolen cards needs many more. */
const SETUPS_AN_HOUR = 10

/**
 * Begins saving a card. An account has one open set-up at a time: a declined card leaves it open for the next one.
 * Throws ApiError too-many, in-progress, StripeUnreachable.
 */
export async function beginSetup(hands: Hands, session: SessionRecord, key: string): Promise<SetupState> {
  const { customer } = await requirePayer(hands, session)
  return withAccountLock(hands, session, () => openSetup(hands, session, customer, key))
}

async function openSetup(hands: Hands, session: SessionRecord, customer: string, key: string): Promise<SetupState> {
  const { database, stripe, now } = hands
  const open = await findOpenSetup(database, session, now() - HOUR)
  if (open !== undefined) {
    const setup = await readSetup(stripe, open)
    if (setup?.customer === customer && setup.status === 'requires_payment_method') return setup
    await closeSetup(database, session, open)
  }
  const lately = await countSetups(database, session, now() - HOUR)
  if (lately >= SETUPS_AN_HOUR) {
    throw new ApiError('too-many', 'Too many cards were tried: wait an hour, or ask us', { retryAfter: HOUR })
  }
  // The intention stays the same over several cards; each set-up is a new one to Stripe.
  const setup = await createSetup(stripe, customer, session.account, sha256(`${key} ${lately}`))
  await insertSetup(database, session, setup.id, now())
  return setup
}

/** Pay-and-pin: the card just saved becomes the default everywhere the old one was, then pays what is open. */
export async function payWithNewCard(
  hands: Hands,
  payer: Payer,
  session: SessionRecord,
  { setupIntent, plan, key }: { setupIntent: string; plan: Plan; key: string },
): Promise<Outcome> {
  const setup = await readSetup(hands.stripe, setupIntent)
  if (!setup || setup.customer !== payer.customer) throw new ApiError('not-found', 'There is no such card set-up')
  if (setup.status !== 'succeeded' || !setup.method) return unfinished(setup)
  const method = setup.method.id
  await closeSetup(hands.database, session, setupIntent)
  await pinMethod(hands.stripe, {
    customer: payer.customer,
    method,
    subscriptions: pinnedElsewhere(payer.facts, method),
  })
  const outcome = await payPlan(hands, plan, { customer: payer.customer, method, justSaved: true, key })
  if (outcome.kind !== 'done') return outcome
  await pinLateComers(hands, payer, session, method)
  return outcome
}

/** Subscriptions that would go on charging another card. Stripe lets nothing be changed on an incomplete one. */
function pinnedElsewhere({ subscriptions }: Account, method: string): readonly string[] {
  return subscriptions
    .filter(({ status }) => !['incomplete', 'incomplete_expired', 'canceled'].includes(status))
    .filter((subscription) => subscription.method !== undefined && subscription.method.id !== method)
    .map(({ id }) => id)
}

/** A subscription that was incomplete before the payment can be pinned after it. */
async function pinLateComers(hands: Hands, payer: Payer, session: SessionRecord, method: string): Promise<void> {
  if (!payer.facts.subscriptions.some(({ status }) => status === 'incomplete')) return
  const reading = await hands.airlock.read(session, { fresh: true })
  const subscriptions = reading ? pinnedElsewhere(reading.facts, method) : []
  if (subscriptions.length > 0) await pinMethod(hands.stripe, { customer: payer.customer, method, subscriptions })
}

function unfinished({ status, error }: SetupState): Outcome {
  if (status === 'processing') return { kind: 'processing' }
  if (!error) return { kind: 'declined', decline: 'confirm', sameCardCanWork: true }
  return { kind: 'declined', decline: declineGroup(error), sameCardCanWork: sameCardCanWork(error) }
}
