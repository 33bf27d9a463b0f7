import { runUntil } from '#sandbox/stripe/clock.ts'
import { record } from '#sandbox/stripe/deeds/record-event.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { needed, text, whole } from '#sandbox/stripe/kernel/shape.ts'
import { periodAfter } from '#sandbox/stripe/billing-period.ts'
import type { TestClock } from '#sandbox/stripe/objects/event.ts'
import { itemsOf, present, presentDeleted } from '#sandbox/stripe/present.ts'
import { find, rows, type World } from '#sandbox/stripe/world.ts'

const keptDays = 30
const withoutSubscription = 2 * 365 * 86_400

const noun = 'test_helpers.test_clock'

function advance(world: World, clock: TestClock, target: number): void {
  if (target <= clock.frozen_time)
    throw invalid('frozen_time must be later than the current frozen time of the clock.', { param: 'frozen_time' })
  if (target > furthest(world, clock)) {
    const message =
      'You cannot advance a test clock more than two intervals of its shortest subscription (or two years) at a time.'
    throw invalid(message, { param: 'frozen_time' })
  }
  Object.assign(clock, { status: 'advancing', status_details: { advancing: { target_frozen_time: target } } })
  record(world, 'test_helpers.test_clock.advancing', clock)
  runUntil(world, clock.id, target, (at) => {
    clock.frozen_time = Math.max(clock.frozen_time, at)
  })
  Object.assign(clock, { frozen_time: target, status: 'ready', status_details: {} })
  record(world, 'test_helpers.test_clock.ready', clock)
}

function furthest(world: World, clock: TestClock): number {
  const cycles = rows(world, 'subscription')
    .filter((one) => one.test_clock === clock.id && one.status !== 'canceled' && one.status !== 'incomplete_expired')
    .flatMap((one) => itemsOf(world, one.id))
    .flatMap((item) => find(world, 'price', item.sandbox.price).recurring ?? [])
  const ends = cycles.map((cycle) => periodAfter(clock.frozen_time, cycle, 2))
  return ends.length === 0 ? clock.frozen_time + withoutSubscription : Math.min(...ends)
}

// A clock takes its customers and their subscriptions along when it goes.
function remove(world: World, clock: TestClock): void {
  for (const customer of rows(world, 'customer')) {
    if (customer.test_clock !== clock.id) continue
    customer.sandbox.deleted = true
    for (const subscription of rows(world, 'subscription'))
      if (subscription.customer === customer.id) world.tables.subscription.delete(subscription.id)
    for (const invoice of rows(world, 'invoice'))
      if (invoice.customer === customer.id) world.tables.invoice.delete(invoice.id)
  }
  world.tables[noun].delete(clock.id)
  record(world, 'test_helpers.test_clock.deleted', clock)
}

const createTestClockFields = { frozen_time: needed(whole), name: text }

const advanceTestClockFields = { frozen_time: needed(whole) }

export const testClockRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/test_helpers/test_clocks',
    answers: noun,
    fields: createTestClockFields,
    deed: ({ world }, given) => {
      const created = world.now()
      const clock: TestClock = {
        id: newId('clock'),
        object: noun,
        created,
        deletes_after: created + keptDays * 86_400,
        frozen_time: given.frozen_time,
        livemode: false,
        name: given.name ?? null,
        status: 'ready',
        status_details: {},
      }
      world.tables[noun].set(clock.id, clock)
      record(world, 'test_helpers.test_clock.created', clock)
      return present(world, clock)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/test_helpers/test_clocks',
    answers: `list:${noun}`,
    fields: pageFields,
    deed: ({ world }, given) =>
      page('/v1/test_helpers/test_clocks', rows(world, noun).toReversed(), given, (clock) => present(world, clock)),
  }),
  route({
    method: 'GET',
    path: '/v1/test_helpers/test_clocks/:id',
    answers: noun,
    deed: ({ world, ids }) => present(world, find(world, noun, ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/test_helpers/test_clocks/:id/advance',
    answers: noun,
    fields: advanceTestClockFields,
    deed: ({ world, ids }, given) => {
      const clock = find(world, noun, ids['id'] ?? '')
      const from = clock.frozen_time
      advance(world, clock, given.frozen_time)
      // It is done by now; the answer says what Stripe's says, and the next read is `ready`.
      const started = {
        frozen_time: from,
        status: 'advancing',
        status_details: { advancing: { target_frozen_time: given.frozen_time } },
      }
      return { ...present(world, clock), ...started }
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/test_helpers/test_clocks/:id',
    answers: noun,
    deed: ({ world, ids }) => {
      const clock = find(world, noun, ids['id'] ?? '')
      remove(world, clock)
      return presentDeleted(clock)
    },
  }),
]
