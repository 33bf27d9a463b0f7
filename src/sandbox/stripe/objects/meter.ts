export type Meter = {
  id: string
  object: 'billing.meter'
  created: number
  customer_mapping: { event_payload_key: string; type: 'by_id' }
  default_aggregation: { formula: 'count' | 'last' | 'sum' }
  display_name: string
  event_name: string
  event_time_window: 'day' | 'hour' | null
  status: 'active' | 'inactive'
  status_transitions: { deactivated_at: number | null }
  updated: number
  value_settings: { event_payload_key: string }
}

export function newMeter(
  start: Omit<Meter, 'object' | 'status' | 'status_transitions' | 'updated' | 'livemode'>,
): Meter {
  const fixed = { livemode: false, status_transitions: { deactivated_at: null }, updated: start.created }
  return { ...fixed, object: 'billing.meter', ...start, status: 'active' }
}

export type MeterEvent = {
  /** Not on the wire: what is unique there is the identifier, for a day. */
  id: string
  object: 'billing.meter_event'
  created: number
  event_name: string
  identifier: string
  payload: { [key: string]: string }
  timestamp: number
  sandbox: { meter: string; customer: string; value: number }
}

export function newMeterEvent(start: Omit<MeterEvent, 'object'>): MeterEvent {
  const fixed = { livemode: false }
  return { ...fixed, object: 'billing.meter_event', ...start }
}
