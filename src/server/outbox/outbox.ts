import type { App, Config } from '#server/config.ts'
import type { Log } from '#server/errors.ts'
import { openLoop, type Loop } from '#server/jobs/loop.ts'
import { claimEvents, settleEvent, type EventRecord } from '#server/store/app-events.ts'
import type { Database } from '#server/store/database.ts'
import { isGone, markGone } from '#server/store/gone-webhooks.ts'
import { postJson, type Outcome } from './post.ts'
import { signedHeaders } from './sign.ts'

type Parts = {
  readonly config: Config
  readonly database: Database
  readonly log: Log
  readonly now: () => number
}

const SWEEP_MS = 5_000
/** Longer than one try takes. */
const LEASE_SECONDS = 60
/** Accounts of one app that are told at the same time. */
const AT_ONCE = 10
const MINUTE = 60
const HOUR = 3_600
/** Seconds to wait after each try that failed: three days in all. Afterwards the event is dead. */
const WAITS = [5, MINUTE, 5 * MINUTE, HOUR / 2, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 20 * HOUR] as const
/** Apps that were away together do not all come back at the same second. */
const JITTER = 0.2

/**
 * Tells apps what was written down for them, of each account one after the other. An event whose outcome nobody knows,
 * because a process died or a connection broke, is sent again under the same id: rather twice than never.
 */
export function openOutbox(parts: Parts): Loop {
  const { config, database, log, now } = parts
  const flying = new Map<string, Set<Promise<void>>>()
  const loop = openLoop(log, {
    sweepMs: SWEEP_MS,
    trouble: 'telling apps stopped, and will be looked at again',
    work: async (isClosed) => {
      for (const app of config.apps) {
        if (!app.webhook || isClosed()) continue
        const mine = flying.get(app.id) ?? new Set()
        flying.set(app.id, mine)
        const room = { now: now(), until: now() + LEASE_SECONDS, limit: AT_ONCE - mine.size }
        if (room.limit <= 0) continue
        for (const event of await claimEvents(database, app.id, room)) mine.add(send(app, app.webhook.url, event, mine))
      }
    },
  })

  /** Not waited for by the loop: one app that is slow to answer keeps no other waiting. */
  function send(app: App, url: string, event: EventRecord, mine: Set<Promise<void>>): Promise<void> {
    const delivery = deliver(parts, app, url, event)
      .catch((error: unknown) => log.error({ err: error, event: event.id }, 'an event could not be settled'))
      .finally(() => {
        mine.delete(delivery)
        loop.wake()
      })
    return delivery
  }

  return {
    wake: () => loop.wake(),
    close: async () => {
      await loop.close()
      await Promise.all([...flying.values()].flatMap((mine) => [...mine]))
    },
  }
}

async function deliver({ config, database, log, now }: Parts, app: App, url: string, event: EventRecord) {
  const at = now()
  const body = JSON.stringify(event.event)
  const outcome: Outcome = (await isGone(database, app.id, url))
    ? { error: 'endpoint_gone', milliseconds: 0 }
    : await postJson(config.webhooks, url, {
        headers: signedHeaders(app.keyDigests, { id: event.id, body, now: at }),
        body,
      })
  const attempt = { at, ...outcome }
  if (outcome.error === undefined) return settleEvent(database, event, { attempt, state: 'sent' })
  const isOver = outcome.status === 410 || outcome.error === 'endpoint_gone'
  if (outcome.status === 410) await markGone(database, app.id, url, at)
  const wait = isOver ? undefined : WAITS[event.tries - event.replayed - 1]
  log.warn({ app: app.id, event: event.id, error: outcome.error, tries: event.tries }, 'an app was not told')
  if (wait === undefined) return settleEvent(database, event, { attempt, state: 'dead' })
  const due = now() + Math.ceil(wait * (1 + JITTER * Math.random()))
  return settleEvent(database, event, { attempt, state: 'queued', due })
}
