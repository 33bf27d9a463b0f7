import { addMeterEvent, sumOf } from '#sandbox/stripe/deeds/add-meter-event.ts'
import { record } from '#sandbox/stripe/deeds/record-event.ts'
import { newId } from '#sandbox/stripe/ids.ts'
import { invalid, malformed } from '#sandbox/stripe/kernel/errors.ts'
import { page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { metadata, needed, object, oneOf, text, whole } from '#sandbox/stripe/kernel/shape.ts'
import { newMeter } from '#sandbox/stripe/objects/meter.ts'
import { present } from '#sandbox/stripe/present.ts'
import { find, liveCustomer, rows } from '#sandbox/stripe/world.ts'

const windows = { day: 86_400, hour: 3_600 } as const

const createFields = {
  customer_mapping: object({ event_payload_key: needed(text), type: needed(oneOf('by_id')) }),
  default_aggregation: needed(object({ formula: needed(oneOf('count', 'last', 'sum')) })),
  display_name: needed(text),
  event_name: needed(text),
  event_time_window: oneOf('day', 'hour'),
  value_settings: object({ event_payload_key: needed(text) }),
}

const summaryFields = {
  ...pageFields,
  customer: needed(text),
  start_time: needed(whole),
  end_time: needed(whole),
  value_grouping_window: oneOf('day', 'hour'),
}

export const meterRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/v1/billing/meters',
    answers: 'billing.meter',
    fields: createFields,
    deed: ({ world }, given) => {
      const { event_name } = given
      if (rows(world, 'billing.meter').some((one) => one.event_name === event_name && one.status === 'active')) {
        const message = `An active meter already exists for event name "${event_name}"`
        throw invalid(message, { code: 'resource_already_exists', param: 'event_name' })
      }
      const meter = newMeter({
        id: newId('mtr'),
        created: world.now(),
        customer_mapping: given.customer_mapping ?? { event_payload_key: 'stripe_customer_id', type: 'by_id' },
        default_aggregation: given.default_aggregation,
        display_name: given.display_name,
        event_name,
        event_time_window: given.event_time_window ?? null,
        value_settings: given.value_settings ?? { event_payload_key: 'value' },
      })
      world.tables['billing.meter'].set(meter.id, meter)
      record(world, 'billing.meter.created', meter)
      return present(world, meter)
    },
  }),
  route({
    method: 'GET',
    path: '/v1/billing/meters',
    answers: 'list:billing.meter',
    fields: { ...pageFields, status: oneOf('active', 'inactive') },
    deed: ({ world }, given) => {
      const found = rows(world, 'billing.meter').filter(({ status }) => (given.status ?? status) === status)
      return page('/v1/billing/meters', found.toReversed(), given, (one) => present(world, one))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/billing/meters/:id',
    answers: 'billing.meter',
    deed: ({ world, ids }) => present(world, find(world, 'billing.meter', ids['id'] ?? '')),
  }),
  // At once: the real one lags behind.
  route({
    method: 'GET',
    path: '/v1/billing/meters/:id/event_summaries',
    answers: 'list:billing.meter_event_summary',
    fields: summaryFields,
    deed: ({ world, ids }, given) => {
      const meter = find(world, 'billing.meter', ids['id'] ?? '')
      const { id } = liveCustomer(world, given.customer)
      const { start_time: start, end_time: end, value_grouping_window: grouping } = given
      const step = grouping === undefined ? 60 : windows[grouping]
      for (const [param, time] of Object.entries({ start_time: start, end_time: end })) {
        if (time % step !== 0)
          throw malformed(`Invalid ${param}: must be aligned with ${step} seconds`, undefined, param)
      }
      const length = grouping === undefined ? end - start : step
      const found = Array.from({ length: Math.max(0, Math.ceil((end - start) / length)) }, (_, index) => {
        const [since, until] = [start + index * length, start + (index + 1) * length]
        return {
          id: `mtrusg_${meter.id.slice(4)}${id.slice(4)}${since}`,
          object: 'billing.meter_event_summary',
          aggregated_value: sumOf(world, meter, id, since, until),
          end_time: until,
          livemode: false,
          meter: meter.id,
          start_time: since,
        }
      })
      return page(`/v1/billing/meters/${meter.id}/event_summaries`, found.toReversed(), given, (one) => one)
    },
  }),
  route({
    method: 'POST',
    path: '/v1/billing/meter_events',
    answers: 'billing.meter_event',
    fields: { event_name: needed(text), identifier: text, payload: needed(metadata), timestamp: whole },
    deed: ({ world }, given) => {
      const event = addMeterEvent(world, { ...given, payload: given.payload ?? {} })
      const { id: _, ...wire } = present(world, event)
      return wire
    },
  }),
]
