import type { Visit } from '#contract/visit.ts'
import { compact } from '#diagnosis/compact.ts'
import type { Reading } from './account.ts'
import type { Hands } from './context.ts'
import type { SessionRecord } from './store/sessions.ts'
import { closeSetup, findOpenSetup } from './store/setups.ts'
import { StripeUnreachable } from './stripe/client.ts'
import { readSetup } from './stripe/save-card.ts'

/** A bank's check that was left alone longer than this is not offered again. */
const SETUP_SECONDS = 3_600

/** A card that was being saved when the page went away: the account's, or this guest's own. */
export async function unfinishedSetup(
  { database, stripe, now }: Hands,
  session: SessionRecord,
  { record, facts }: Reading,
): Promise<Visit['unfinished']> {
  if (facts.source !== 'live') return undefined
  const id = await findOpenSetup(database, session, now() - SETUP_SECONDS)
  if (id === undefined) return undefined
  try {
    const setup = await readSetup(stripe, id)
    const saved = setup?.status === 'succeeded'
    if (setup?.deposits === true) return undefined
    if ((saved || setup?.status === 'requires_action') && setup.customer === record.customer && setup.clientSecret) {
      return { setupIntent: setup.id, clientSecret: setup.clientSecret, saved, ...compact({ method: setup.method }) }
    }
    if ((setup?.status === 'canceled' || !setup) && !session.watched) await closeSetup(database, session, id)
    return undefined
  } catch (error) {
    if (error instanceof StripeUnreachable) return undefined
    throw error
  }
}
