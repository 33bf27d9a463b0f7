import { newId } from '#sandbox/stripe/ids.ts'
import { invalid } from '#sandbox/stripe/kernel/errors.ts'
import { newMeterEvent, type Meter, type MeterEvent } from '#sandbox/stripe/objects/meter.ts'
import { liveCustomer, rows, timeOf, type World } from '#sandbox/stripe/world.ts'

const DAY = 86_400
const OLDEST = 35 * DAY
const EARLIEST = 300

type Given = {
  event_name: string
  payload: { [key: string]: string }
  identifier?: string | undefined
  timestamp?: number | undefined
}

/** Counts one event, or refuses it as Stripe does; an identifier counts once within 24 hours. */
export function addMeterEvent(world: World, given: Given): MeterEvent {
  const { event_name, payload, identifier = newId('') } = given
  const meter = rows(world, 'billing.meter').find((one) => one.event_name === event_name && one.status === 'active')
  if (meter === undefined) {
    const message = `No active meter found for event name "${event_name}"`
    throw invalid(message, { code: 'resource_missing', param: 'event_name' })
  }
  const customer = liveCustomer(world, needed(payload, meter.customer_mapping.event_payload_key), 'payload')
  const value = valueOf(meter, payload)
  const now = timeOf(world, customer.id)
  const timestamp = given.timestamp ?? now
  if (timestamp < now - OLDEST) {
    const least = `Expected a timestamp greater than or equal to ${now - OLDEST}.`
    throw invalid(`The event timestamp cannot be more than 35 days in past. ${least}`, { param: 'timestamp' })
  }
  if (timestamp > now + EARLIEST) {
    throw invalid('The event timestamp cannot be more than 5 minutes in the future.', { param: 'timestamp' })
  }
  const taken = rows(world, 'billing.meter_event').some(
    (one) => one.identifier === identifier && one.created > world.now() - DAY,
  )
  if (taken) throw invalid(`An event already exists with identifier ${identifier}.`)
  const event = newMeterEvent({
    id: newId('mtrevt'),
    created: world.now(),
    event_name,
    identifier,
    payload,
    timestamp,
    sandbox: { meter: meter.id, customer: customer.id, value },
  })
  world.tables['billing.meter_event'].set(event.id, event)
  world.onChange()
  return event
}

function valueOf({ default_aggregation, value_settings }: Meter, payload: { [key: string]: string }): number {
  if (default_aggregation.formula === 'count') return 1
  const given = needed(payload, value_settings.event_payload_key)
  if (!/^-?\d{1,15}(\.\d{1,12})?$/.test(given)) {
    throw invalid(`Invalid value for the meter event: ${given}`, {
      param: `payload[${value_settings.event_payload_key}]`,
    })
  }
  return Number(given)
}

function needed(payload: { [key: string]: string }, key: string): string {
  const value = payload[key]
  if (value === undefined) {
    throw invalid(`Missing required param: payload[${key}].`, { code: 'parameter_missing', param: `payload[${key}]` })
  }
  return value
}

/** What a meter comes to in `[since, until)`, by its formula. */
export function sumOf(world: World, meter: Meter, customer: string, since: number, until: number): number {
  const events = rows(world, 'billing.meter_event')
    .filter(
      ({ sandbox, timestamp }) => sandbox.meter === meter.id && sandbox.customer === customer && timestamp >= since,
    )
    .filter(({ timestamp }) => timestamp < until)
    .toSorted((a, b) => a.timestamp - b.timestamp)
  if (meter.default_aggregation.formula === 'last') return events.at(-1)?.sandbox.value ?? 0
  return events.reduce((sum, { sandbox }) => sum + sandbox.value, 0)
}
