import type { Wire } from '#sandbox/stripe/kernel/errors.ts'
import type { Metadata } from './customer.ts'

export const apiVersion = '2026-10-28.endive'

export type Event = {
  id: string
  object: 'event'
  api_version: string
  created: number
  data: { object: Wire; previous_attributes?: Wire }
  livemode: false
  pending_webhooks: number
  request: { id: string | null; idempotency_key: string | null } | null
  type: string
}

export type WebhookEndpoint = {
  id: string
  object: 'webhook_endpoint'
  api_version: string | null
  application: null
  created: number
  description: string | null
  enabled_events: string[]
  livemode: false
  metadata: Metadata
  status: 'enabled' | 'disabled'
  url: string
  sandbox: { secret: string }
}

export type TestClock = {
  id: string
  object: 'test_helpers.test_clock'
  created: number
  deletes_after: number
  frozen_time: number
  livemode: false
  name: string | null
  status: 'advancing' | 'ready'
  status_details: { advancing?: { target_frozen_time: number } }
}
