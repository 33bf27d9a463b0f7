import { z } from 'zod'
import { IdSchema } from './account.ts'
import { ReasonSchema } from './diagnosis.ts'
import { RefusalSchema } from './problem.ts'

export const CheckIdSchema = z.string().regex(/^chk_[\w-]{22}$/, 'a check id')

/** `POST /v1/checks`: may this account be served? */
export const CheckRequestSchema = z
  .strictObject({
    account: IdSchema,
    actor: IdSchema.exactOptional().meta({ description: 'The member who asks, when the app knows them.' }),
    feature: z.string().min(1).max(100).exactOptional(),
    meter: z.string().min(1).max(100).exactOptional(),
    quantity: z.number().nonnegative().exactOptional(),
    client: z.enum(['browser', 'program']).default('program'),
    api_key: z.string().min(1).max(128).exactOptional().meta({ description: "The key of the app's own API." }),
    reason: z.string().max(100).exactOptional().meta({ description: 'What the app believes is wrong: a hint.' }),
    retry_after: z
      .int()
      .min(0)
      .max(86_400 * 31)
      .exactOptional()
      .meta({
        description: 'With a reason that passes by itself: seconds until then.',
      }),
    return_to: z.string().max(2_048).exactOptional(),
    state: z.string().max(512).exactOptional().meta({ description: 'Opaque; comes back with the person.' }),
    fresh: z.boolean().default(false).meta({ description: 'Read Stripe now instead of using a cached answer.' }),
  })
  .meta({ id: 'CheckRequest' })

/** Seconds for which the caller may reuse the answer. */
const CacheSchema = z.object({ max_age: z.int() })

export const CheckAnswerSchema = z
  .discriminatedUnion('allowed', [
    z.object({
      allowed: z.literal(true),
      cache: CacheSchema,
      warnings: z.array(z.object({ reason: ReasonSchema, at: z.iso.datetime().exactOptional() })).exactOptional(),
    }),
    z.object({
      allowed: z.literal(false),
      status: z.int(),
      headers: z.record(z.string(), z.string()),
      problem: RefusalSchema,
      browser: z.object({ location: z.string() }).exactOptional(),
      cache: CacheSchema,
    }),
  ])
  .meta({ id: 'CheckAnswer' })
export type CheckAnswer = z.infer<typeof CheckAnswerSchema>
export type CheckRequest = z.input<typeof CheckRequestSchema>

/** `GET /v1/checks/{id}`: how a refusal stands now. Whoever knows the id may ask; no amounts, no names. */
export const CheckStateSchema = z
  .object({
    state: z.enum(['open', 'seen', 'pending', 'resolved', 'expired', 'cancelled']),
    allowed: z.boolean(),
    reasons: z.array(ReasonSchema),
    interval: z.int().meta({ description: 'Seconds to wait before asking again.' }),
  })
  .meta({ id: 'CheckState' })

/** `POST /v1/sessions`: a link that lets a signed-in person of the app into the portal. */
export const SessionRequestSchema = z
  .strictObject({
    account: IdSchema,
    actor: IdSchema,
    reason: z.string().max(100).exactOptional(),
    return_to: z.string().max(2_048).exactOptional(),
    state: z.string().max(512).exactOptional(),
  })
  .meta({ id: 'SessionRequest' })

export const SessionAnswerSchema = z
  .object({ url: z.string(), expires_at: z.iso.datetime() })
  .meta({ id: 'SessionAnswer' })
