import { AppEventSchema, EventIdSchema, type AppEvent } from '#contract/event.ts'
import { ProblemSchema } from '#contract/problem.ts'
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Env } from './context.ts'
import { ApiError } from './errors.ts'

/** A router whose requests are checked by their schemas; what does not fit is one clear 400. */
export function createRouter(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({
    defaultHook: (result) => {
      if (result.success) return
      const errors = result.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
      const [first] = errors
      throw new ApiError('invalid-request', first && `${first.path || 'body'}: ${first.message}`, { errors })
    },
  })
}

export function json<T extends z.ZodType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } } as const
}

export function answers<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } } as const
}

/** Every route may fail in the one way there is. */
export const problems = {
  default: {
    description: 'What went wrong (RFC 9457).',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  },
} as const

/** A person's intention, kept by the browser until its outcome is known. */
export const AttemptHeader = z.object({
  'idempotency-key': z
    .string()
    .min(16)
    .max(64)
    .regex(/^[\w-]+$/),
})

export const apiDescription = {
  openapi: '3.1.0',
  info: {
    title: 'fix402',
    version: '1',
    description:
      'Access checks and sessions for apps (`/v1`, an API key), and the portal’s own pages (`/api`, a session cookie). Amounts are in the smallest unit of their currency.',
  },
} as const

type Registry = OpenAPIHono<Env>['openAPIRegistry']

/** What the portal sends by itself: one webhook for each kind of event, each kind with its own body. */
export function describeEvents(registry: Registry): void {
  for (const event of AppEventSchema.options) {
    const type = event.shape.type.value
    registry.registerWebhook({
      method: 'post',
      path: type,
      summary: eventSummaries[type],
      description: 'Signed as Standard Webhooks 1.0.0 says; sent to the app’s `webhook.url`.',
      request: { headers: DeliveryHeaders, body: json(event) },
      responses: { 200: { description: 'Any 2xx: taken.' }, 410: { description: 'Send nothing more here.' } },
    })
  }
}

const eventSummaries = {
  'access.restored': 'An account is served again',
  'access.changed': 'An account is no longer served, or for other reasons',
  'check.resolved': 'What was refused would now be served',
  'usage.threshold': 'A part of what the plans include is used',
} as const satisfies Record<AppEvent['type'], string>

const DeliveryHeaders = z.object({
  'webhook-id': EventIdSchema,
  'webhook-timestamp': z.string().meta({ description: 'Of this delivery, unix seconds.' }),
  'webhook-signature': z
    .string()
    .meta({ description: '`v1,` and a base64 HMAC-SHA256; several, separated by spaces.' }),
})
