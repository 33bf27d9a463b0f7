import { newId } from '#sandbox/stripe/ids.ts'
import type { Wire } from '#sandbox/stripe/kernel/errors.ts'
import { isBranch } from '#sandbox/stripe/kernel/form.ts'
import { apiVersion, type Event } from '#sandbox/stripe/objects/event.ts'
import { present } from '#sandbox/stripe/present.ts'
import { timeOf, type Row, type World } from '#sandbox/stripe/world.ts'

const eventsKept = 2000

/** Notes that something happened to `row`; webhook endpoints hear of it later. */
export function record(world: World, type: string, row: Row, previous?: Wire): void {
  const customer =
    row.object === 'customer' ? row.id : 'customer' in row && typeof row.customer === 'string' ? row.customer : null
  const time = row.object === 'test_helpers.test_clock' ? row.frozen_time : timeOf(world, customer)
  const wire = present(world, row)
  const event: Event = {
    id: newId('evt'),
    object: 'event',
    api_version: apiVersion,
    created: time,
    data: previous === undefined ? { object: wire } : { object: wire, previous_attributes: previous },
    livemode: false,
    pending_webhooks: 0,
    request: world.request ?? { id: null, idempotency_key: null },
    type,
  }
  const { event: events } = world.tables
  events.set(event.id, event)
  if (events.size > eventsKept) events.delete(events.keys().next().value ?? '')
  world.onEvent(event)
  world.onChange()
}

/** Changes `row` and notes each event with the attributes as they were; nothing changed, nothing noted. */
export function change(world: World, row: Row, type: string | string[], deed: () => void): void {
  const before = present(world, row)
  deed()
  const previous = differences(before, present(world, row))
  world.onChange()
  if (Object.keys(previous).length === 0) return
  for (const one of [type].flat()) record(world, one, row, previous)
}

/** What `after` changed, with the values of `before`; objects show only the keys that differ, lists are whole. */
function differences(before: Wire, after: Wire): Wire {
  const changed: Wire = {}
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name] ?? null, after[name] ?? null]
    if (JSON.stringify(was) === JSON.stringify(is)) continue
    changed[name] = isBranch(was) && isBranch(is) ? differences(was, is) : was
  }
  return changed
}
