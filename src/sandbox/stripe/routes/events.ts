import { newId, randomText } from '#sandbox/stripe/ids.ts'
import { isWithin, page, pageFields } from '#sandbox/stripe/kernel/page.ts'
import { route, type Route } from '#sandbox/stripe/kernel/router.ts'
import { clearableText, flag, list, metadata, moment, needed, text } from '#sandbox/stripe/kernel/shape.ts'
import { mergeMetadata } from '#sandbox/stripe/objects/customer.ts'
import type { WebhookEndpoint } from '#sandbox/stripe/objects/event.ts'
import { present, presentDeleted } from '#sandbox/stripe/present.ts'
import { find, rows } from '#sandbox/stripe/world.ts'

/** `invoice.*` stands for every event of its kind. */
export function isOfType(pattern: string, type: string): boolean {
  return pattern === '*' || pattern === type || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)))
}

const endpointFields = { description: clearableText, metadata }

const listEventFields = { ...pageFields, created: moment, delivery_success: flag, type: text, types: list(text) }

const createWebhookEndpointFields = {
  ...endpointFields,
  api_version: text,
  connect: flag,
  enabled_events: needed(list(text)),
  url: needed(text),
}

const updateWebhookEndpointFields = { ...endpointFields, disabled: flag, enabled_events: list(text), url: text }

export const eventRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/v1/events',
    answers: 'list:event',
    fields: listEventFields,
    deed: ({ world }, given) => {
      const wanted = given.types ?? (given.type === undefined ? ['*'] : [given.type])
      const found = rows(world, 'event').filter(
        (event) => wanted.some((one) => isOfType(one, event.type)) && isWithin(given.created, event.created),
      )
      return page('/v1/events', found.toReversed(), given, (event) => present(world, event))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/events/:id',
    answers: 'event',
    deed: ({ world, ids }) => present(world, find(world, 'event', ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/webhook_endpoints',
    answers: 'webhook_endpoint',
    fields: createWebhookEndpointFields,
    deed: ({ world }, given) => {
      const endpoint: WebhookEndpoint = {
        id: newId('we'),
        object: 'webhook_endpoint',
        api_version: given.api_version ?? null,
        application: null,
        created: world.now(),
        description: given.description ?? null,
        enabled_events: given.enabled_events,
        livemode: false,
        metadata: mergeMetadata({}, given.metadata),
        status: 'enabled',
        url: given.url,
        sandbox: { secret: `whsec_${randomText(32)}` },
      }
      world.tables.webhook_endpoint.set(endpoint.id, endpoint)
      world.onChange()
      // The secret is told once, on creation.
      return { ...present(world, endpoint), secret: endpoint.sandbox.secret }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/webhook_endpoints',
    answers: 'list:webhook_endpoint',
    fields: pageFields,
    deed: ({ world }, given) =>
      page('/v1/webhook_endpoints', rows(world, 'webhook_endpoint').toReversed(), given, (one) => present(world, one)),
  }),
  route({
    method: 'GET',
    path: '/v1/webhook_endpoints/:id',
    answers: 'webhook_endpoint',
    deed: ({ world, ids }) => present(world, find(world, 'webhook_endpoint', ids['id'] ?? '')),
  }),
  route({
    method: 'POST',
    path: '/v1/webhook_endpoints/:id',
    answers: 'webhook_endpoint',
    fields: updateWebhookEndpointFields,
    deed: ({ world, ids }, given) => {
      const endpoint = find(world, 'webhook_endpoint', ids['id'] ?? '')
      if (given.description !== undefined) endpoint.description = given.description
      if (given.enabled_events !== undefined) endpoint.enabled_events = given.enabled_events
      if (given.url !== undefined) endpoint.url = given.url
      if (given.disabled !== undefined) endpoint.status = given.disabled ? 'disabled' : 'enabled'
      endpoint.metadata = mergeMetadata(endpoint.metadata, given.metadata)
      world.onChange()
      return present(world, endpoint)
    },
  }),
  route({
    method: 'DELETE',
    path: '/v1/webhook_endpoints/:id',
    answers: 'webhook_endpoint',
    deed: ({ world, ids }) => {
      const endpoint = find(world, 'webhook_endpoint', ids['id'] ?? '')
      world.tables.webhook_endpoint.delete(endpoint.id)
      world.onChange()
      return presentDeleted(endpoint)
    },
  }),
]
