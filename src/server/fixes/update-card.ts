import { withAccountLock } from '#server/account-lock.ts'
import type { Hands } from '#server/context.ts'
import { ApiError } from '#server/errors.ts'
import { stateOf } from '#server/guest.ts'
import type { SessionRecord } from '#server/store/sessions.ts'
import { closeSetup, countSetups, findOpenSetup, insertSetup } from '#server/store/setups.ts'
import { createSetup, readSetup, type SetupState } from '#server/stripe/save-card.ts'
import { sha256 } from '#server/token.ts'
import { requirePayer, type Payer } from './deed.ts'

const HOUR = 3_600
/** A person mistypes a few times; whoever tests stolen cards needs many more. */
const SETUPS_AN_HOUR = 10

/**
 * Begins saving a card. An account has one open set-up at a time: a declined card leaves it open for the next one.
 * Throws ApiError too-many, in-progress, StripeUnreachable.
 */
export async function beginSetup(hands: Hands, session: SessionRecord, key: string): Promise<SetupState> {
  const payer = await requirePayer(hands, session, true)
  if (payer.guest && stateOf(payer.guest, payer, hands.now()) !== 'open') throw new ApiError('stale-link')
  return withAccountLock(hands, session, () => openSetup(hands, session, payer, key))
}

async function openSetup(
  hands: Hands,
  session: SessionRecord,
  { customer, guest }: Payer,
  key: string,
): Promise<SetupState> {
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
  const setup = await createSetup(stripe, {
    customer,
    account: session.account,
    usage: guest && !guest.keepsCard ? 'on_session' : 'off_session',
    key: sha256(`${key} ${lately}`),
  })
  await insertSetup(database, session, setup.id, now())
  return setup
}
