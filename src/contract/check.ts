import { z } from 'zod'
import { IdSchema } from './account.ts'
import { ReasonSchema } from './diagnosis.ts'
import { FixWhoSchema, RefusalSchema } from './problem.ts'
import { lineOf, textOf } from './text.ts'

export const CheckIdSchema = z.string().regex(/^chk_[\w-]{22}$/, 'a check id')

/** `POST /v1/checks`: may this account be served? */
export const CheckRequestSchema = z
  .strictObject({
    account: IdSchema,
    actor: IdSchema.exactOptional().meta({ description: 'The member who asks, when the app knows them.' }),
    feature: lineOf(100).exactOptional(),
    meter: lineOf(100).exactOptional(),
    quantity: z.number().nonnegative().exactOptional(),
    audience: z.enum(['account', 'visitor']).default('account').meta({
      description:
        'Who will read the refusal: somebody of the account, or a `visitor` to whom its billing is none of their business.',
    }),
    client: z
      .enum(['browser', 'program'])
      .default('program')
      .meta({ description: 'With `browser` a refusal says where to send the navigation.' }),
    api_key: lineOf(128).exactOptional().meta({ description: "The key of the app's own API." }),
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
    state: textOf(512).exactOptional().meta({ description: 'Opaque; comes back with the person.' }),
    fresh: z.boolean().default(false).meta({ description: 'Read Stripe now instead of using a cached answer.' }),
  })
  .meta({ id: 'CheckRequest' })

/** Seconds for which the caller may reuse the answer. */
const CacheSchema = z.object({ max_age: z.int() })

/** Something that will block later: all that a banner needs. */
const WarnedSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    reason: ReasonSchema,
    at: z.iso.datetime().exactOptional().meta({ description: 'When it will block.' }),
    fix: z.object({ url: z.string(), label: z.string(), who: FixWhoSchema }),
  })
  .meta({ id: 'Warning' })
export type Warned = z.infer<typeof WarnedSchema>

export const CheckAnswerSchema = z
  .discriminatedUnion('allowed', [
    z.object({
      allowed: z.literal(true),
      cache: CacheSchema,
      warnings: z.array(WarnedSchema).exactOptional(),
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
    state: textOf(512).exactOptional(),
  })
  .meta({ id: 'SessionRequest' })

export const SessionAnswerSchema = z
  .object({ url: z.string(), expires_at: z.iso.datetime() })
  .meta({ id: 'SessionAnswer' })
