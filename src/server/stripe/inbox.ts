import type { Hands } from '#server/context.ts'
import { openLoop, type Loop } from '#server/jobs/loop.ts'
import { findAccountsOfCustomer } from '#server/store/accounts.ts'
import { markBackupDue } from '#server/store/backup-methods.ts'
import { findEventsToDo, finishEvent, postponeEvent, type StripeEventRecord } from '#server/store/stripe-events.ts'
import { StripeUnreachable } from './client.ts'

const SWEEP_MS = 30_000
const BATCH = 50

/**
 * An event is a hint: whom it is about is read again from Stripe, and what the event itself says is never believed.
 * So it does not matter whether events come late, twice or out of order.
 */
export function openInbox(hands: Hands, charger: Pick<Loop, 'wake'>): Loop {
  return openLoop(hands.log, {
    sweepMs: SWEEP_MS,
    trouble: 'the inbox stopped, and will be looked at again',
    work: async (isClosed) => {
      while (!isClosed()) {
        const events = await findEventsToDo(hands.database, hands.now(), BATCH)
        if (events.length === 0) return
        // All of these came before the look that follows, so one look answers them all.
        for (const [customer, about] of Map.groupBy(events, (event) => event.customer)) {
          if (isClosed()) return
          await workOff(hands, charger, { customer, events: about })
        }
      }
    },
  })
}

/** A charge was declined, or may have been: where somebody agreed to a backup, it is looked at. */
const FAILED = 'invoice.payment_failed'

type Told = { readonly customer: string | undefined; readonly events: readonly StripeEventRecord[] }

async function workOff(hands: Hands, charger: Pick<Loop, 'wake'>, { customer, events }: Told): Promise<void> {
  const { database, log, now } = hands
  try {
    await refresh(hands, customer)
    if (customer !== undefined && events.some(({ type }) => type === FAILED)) {
      for (const key of await findAccountsOfCustomer(database, customer)) await markBackupDue(database, key, now())
      charger.wake()
    }
    for (const { id } of events) await finishEvent(database, id, now())
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown'
    log.warn({ error: name, events: events.length }, 'events could not be worked off, and will be tried again')
    for (const { id } of events) await postponeEvent(database, id, name, now())
  }
}

/** Throws StripeUnreachable: an older reading is no answer to an event. */
async function refresh({ database, airlock }: Hands, customer: string | undefined): Promise<void> {
  if (customer === undefined) return
  for (const key of await findAccountsOfCustomer(database, customer)) {
    airlock.forget(key)
    const reading = await airlock.read(key, { fresh: true })
    if (reading && reading.facts.source !== 'live') throw new StripeUnreachable('no answer')
  }
}
