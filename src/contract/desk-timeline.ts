import { z } from 'zod'
import { IdSchema } from './account.ts'
import { TimelineEntrySchema, TimelineKindSchema, timelineKinds } from './desk-timeline-entry.ts'
import { EventIdSchema } from './event.ts'
import { InstantSchema } from './money.ts'
import { StaffReasonSchema } from './staff.ts'

/** Where a page ends. Nothing to be made by hand. */
const CursorSchema = z
  .string()
  .max(600)
  .regex(/^[\w-]+$/, 'the end of a page')

const words = z.string().transform((text) => text.split(','))

/** `before`: the page after that one. `after`: only what happened since an instant. `watch`: entries to be told anew. */
export const TimelineQuerySchema = z.object({
  kinds: words.pipe(z.array(TimelineKindSchema).max(timelineKinds.length)).optional(),
  before: CursorSchema.optional(),
  after: z.coerce.number().int().min(0).optional(),
  watch: words.pipe(z.array(z.string().max(400)).max(20)).optional(),
})

/** How many there are of a kind; `more`: at least so many. */
const CountSchema = z.object({ kind: TimelineKindSchema, count: z.int(), more: z.boolean() }).readonly()

/** `GET /api/desk/accounts/{app}/{account}/timeline`: newest first. */
export const TimelineSchema = z
  .object({
    now: InstantSchema,
    entries: z.array(TimelineEntrySchema).readonly(),
    /** For `before`; absent on the last page. */
    next: z.string().exactOptional(),
    /** Of the first page. */
    counts: z.array(CountSchema).readonly().exactOptional(),
    /** What was asked to be told anew. */
    watched: z.array(TimelineEntrySchema).readonly(),
  })
  .meta({ id: 'Timeline' })
export type Timeline = z.infer<typeof TimelineSchema>

/** `POST /api/desk/accounts/{app}/{account}/events/{id}/resend`: queued again, from the first try on. */
export const ResendSchema = z.strictObject({ reason: StaffReasonSchema }).meta({ id: 'Resend' })
export const ResentSchema = z.object({ entry: TimelineEntrySchema }).meta({ id: 'Resent' })
export const ResendParamsSchema = z.object({ app: z.string().max(128), account: IdSchema, id: EventIdSchema })
export const TimelineParamsSchema = z.object({ app: z.string().max(128), account: IdSchema })
