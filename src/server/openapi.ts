import { AppEventSchema, EventIdSchema, type AppEvent } from '#contract/event.ts'
import { ProblemSchema } from '#contract/problem.ts'
import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Env } from './context.ts'
import { ApiError, failures, problemOf, type Failure } from './errors.ts'

/** Where the portal of the examples is. */
export const exampleOrigin = 'https://billing.example.com'
export const exampleRequestId = 'req_W2nJ6x0aQeKkzv4cY9tB1g'

/** A router whose requests are checked by their schemas; what does not fit is one clear 400. */
export function createRouter(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({ defaultHook: refuseUnlessValid })
}

/** As a router's hook. */
export function refuseUnlessValid(result: { success: true } | { success: false; error: z.ZodError }): void {
  if (!result.success) refuseInvalid(result)
}

/** Throws ApiError invalid-request. */
export function refuseInvalid({ error }: { error: z.ZodError }): never {
  const errors = error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  const [first] = errors
  throw new ApiError('invalid-request', first && `${first.path || 'body'}: ${first.message}`, { errors })
}

export function json<T extends z.ZodType>(schema: T, example?: z.input<T>) {
  return { required: true, content: { 'application/json': media(schema, example) } } as const
}

export function answers<T extends z.ZodType>(schema: T, description: string, example?: z.input<T>) {
  return { description, content: { 'application/json': media(schema, example) } } as const
}

function media<T extends z.ZodType>(schema: T, example: z.input<T> | undefined) {
  return { schema, ...(example !== undefined && { example }) }
}

/** Every route may fail in the one way there is. */
export const problems = {
  default: {
    description: 'What went wrong (RFC 9457).',
    content: { 'application/problem+json': { schema: ProblemSchema } },
  },
} as const

type ProblemAnswer = (typeof problems)['default']

/** The failures that a route has of its own, by their status; `default` stands for the rest. */
export function fails<const Codes extends Failure>(...codes: Codes[]) {
  const own = codes.map((code) => {
    const [status, description] = failures[code]
    const example = problemOf(code, { origin: exampleOrigin, requestId: exampleRequestId })
    return [status, { description, content: { 'application/problem+json': { schema: ProblemSchema, example } } }]
  })
  // Object.fromEntries forgets which status is which; the map above is the guarantee.
  return { ...Object.fromEntries(own), ...problems } as {
    [Code in Codes as (typeof failures)[Code][0]]: ProblemAnswer
  } & typeof problems
}

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
      'Access checks, sessions and usage for apps (`/v1`, an API key), and the portal’s own pages (`/api`, a session cookie). Amounts are in the smallest unit of their currency, instants in RFC 3339 or in unix seconds (UTC). An app treats silence, a time-out and every failure as permission to serve.',
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
  'members.changed': 'The owners of an account have changed who belongs to it',
} as const satisfies Record<AppEvent['type'], string>

const DeliveryHeaders = z.object({
  'webhook-id': EventIdSchema,
  'webhook-timestamp': z.string().meta({ description: 'Of this delivery, unix seconds.' }),
  'webhook-signature': z
    .string()
    .meta({ description: '`v1,` and a base64 HMAC-SHA256; several, separated by spaces.' }),
})
