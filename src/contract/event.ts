import { z } from 'zod'
import { IdSchema } from './account.ts'
import { CheckIdSchema } from './check.ts'
import { ReasonSchema } from './diagnosis.ts'

export const EventIdSchema = z.string().regex(/^evt_[\w-]{22}$/, 'an event id')

/** The reasons that hold, in order of precedence; none where the account is served. */
const ReasonsSchema = z.array(ReasonSchema).readonly()

const AboutSchema = z.object({
  account: IdSchema,
  sequence: z
    .int()
    .min(1)
    .meta({ description: 'Rises with every event of this account; a replayed one keeps its own.' }),
})

const AccessSchema = AboutSchema.extend({
  allowed: z.boolean().meta({ description: 'Whether the account is served now, limits and features apart.' }),
  reasons: z.object({ before: ReasonsSchema, after: ReasonsSchema }),
})

const ResolvedSchema = AboutSchema.extend({
  check: CheckIdSchema.meta({ description: 'A refused check whose request would now be served.' }),
  allowed: z.literal(true),
  reasons: z.object({ before: ReasonsSchema, after: ReasonsSchema }),
})

const ThresholdSchema = AboutSchema.extend({
  meter: z.string(),
  threshold: z.number().meta({ description: 'Percent of what the plans include in a period.' }),
  resets_at: z.iso.datetime().meta({ description: 'When the period ends.' }),
})

/** Who it is that changed is not said: `GET /v1/accounts/{id}` names everybody. */
const MembersSchema = AboutSchema

/** When it happened (RFC 3339). A repeated delivery carries the same. */
const timestamp = z.iso.datetime()

/**
 * What the portal tells an app (Standard Webhooks 1.0.0): thin, so that whoever reads it learns neither names nor sums,
 * and asks for the rest.
 */
export const AppEventSchema = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('access.restored'), timestamp, data: AccessSchema }),
    z.object({ type: z.literal('access.changed'), timestamp, data: AccessSchema }),
    z.object({ type: z.literal('check.resolved'), timestamp, data: ResolvedSchema }),
    z.object({ type: z.literal('usage.threshold'), timestamp, data: ThresholdSchema }),
    z.object({ type: z.literal('members.changed'), timestamp, data: MembersSchema }),
  ])
  .meta({ id: 'AppEvent' })
export type AppEvent = z.infer<typeof AppEventSchema>

/** `queued`: still to be delivered. `sent`: the app took it. `dead`: given up, until somebody replays it. */
export const EventStateSchema = z.enum(['queued', 'sent', 'dead'])
export type EventState = z.infer<typeof EventStateSchema>

const instant = z.iso.datetime()

const EventRecordSchema = z.object({
  id: EventIdSchema.meta({ description: 'The `webhook-id` of every delivery.' }),
  state: EventStateSchema,
  event: AppEventSchema,
  tries: z.int(),
  next_try: instant.exactOptional().meta({ description: 'Of a queued one.' }),
  error: z.string().exactOptional().meta({ description: 'How the last try ended, unless it was taken.' }),
})

/** `GET /v1/events`: newest first. */
export const EventListSchema = z
  .object({ events: z.array(EventRecordSchema), has_more: z.boolean() })
  .meta({ id: 'EventList' })

export const EventQuerySchema = z.object({
  state: EventStateSchema.optional(),
  account: IdSchema.optional(),
  before: EventIdSchema.optional().meta({ description: 'The last event of the page before.' }),
})

/** `GET /v1/events/{id}`: with every try, oldest first. */
export const EventDetailSchema = EventRecordSchema.extend({
  attempts: z.array(
    z.object({
      at: instant,
      status: z.int().exactOptional().meta({ description: 'Absent where there was no answer.' }),
      error: z.string().exactOptional(),
      excerpt: z.string().exactOptional().meta({ description: 'How the answer began.' }),
      milliseconds: z.int(),
    }),
  ),
}).meta({ id: 'EventDetail' })
