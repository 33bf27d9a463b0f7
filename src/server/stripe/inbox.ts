import type { Hands } from '#server/context.ts'
import { findAccountsOfCustomer } from '#server/store/accounts.ts'
import { findEventsToDo, finishEvent, postponeEvent } from '#server/store/stripe-events.ts'

/** Seconds between looks at what was left undone: after a crash, or while Stripe did not answer. */
const SWEEP_MS = 30_000
const BATCH = 50

export type Inbox = {
  /** There is something new: work it off, in the background. */
  wake(): void
  close(): Promise<void>
}

/**
 * An event is a hint: whom it is about is read again from Stripe, and what the event itself says is never believed.
 * So it does not matter whether events come late, twice or out of order.
 */
export function openInbox(hands: Hands): Inbox {
  let working: Promise<void> = Promise.resolve()
  let again = false
  let closed = false

  async function work(): Promise<void> {
    do {
      again = false
      for (const event of await findEventsToDo(hands.database, BATCH)) {
        if (closed) return
        try {
          await refresh(hands, event.customer)
          await finishEvent(hands.database, event.id, hands.now())
        } catch (error) {
          await postponeEvent(hands.database, event.id, error instanceof Error ? error.name : 'unknown')
        }
      }
    } while (again && !closed)
  }

  function wake(): void {
    if (again || closed) return
    again = true
    working = working.then(work).catch((error: unknown) => {
      hands.log.error({ err: error }, 'the inbox stopped, and will be looked at again')
    })
  }

  const sweep = setInterval(wake, SWEEP_MS)
  sweep.unref()
  wake()
  return {
    wake,
    close: async () => {
      closed = true
      clearInterval(sweep)
      await working
    },
  }
}

async function refresh({ database, airlock }: Hands, customer: string | undefined): Promise<void> {
  if (customer === undefined) return
  for (const key of await findAccountsOfCustomer(database, customer)) {
    airlock.forget(key)
    await airlock.read(key, { fresh: true })
  }
}
