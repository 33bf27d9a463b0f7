import { z } from 'zod'
import { IdSchema } from './account.ts'
import { ReasonSchema } from './diagnosis.ts'
import { FixWhoSchema, RefusalSchema } from './problem.ts'
import { textOf } from './text.ts'

export const CheckIdSchema = z.string().regex(/^chk_[\w-]{22}$/, 'a check id')

/** `POST /v1/checks`: may this account be served? */
export const CheckRequestSchema = z
  .strictObject({
    account: IdSchema.meta({ description: 'Who pays, by your own id.' }),
    actor: IdSchema.exactOptional().meta({ description: 'The member who asks, when the app knows them.' }),
    feature: textOf(100).min(1).exactOptional().meta({ description: 'What is asked for, where plans differ in it.' }),
    meter: textOf(100).min(1).exactOptional().meta({ description: 'What is metered, or `seats`.' }),
    quantity: z
      .number()
      .nonnegative()
      .exactOptional()
      .meta({ description: 'How much of the meter; one, where left out.' }),
    audience: z.enum(['account', 'visitor']).default('account').meta({
      description:
        'Who will read the refusal: somebody of the account, or a `visitor` to whom its billing is none of their business.',
    }),
    client: z
      .enum(['browser', 'program'])
      .default('program')
      .meta({ description: 'With `browser` a refusal says where to send the navigation.' }),
    api_key: textOf(128).min(1).exactOptional().meta({ description: "The key of the app's own API." }),
    reason: z.string().max(100).exactOptional().meta({ description: 'What the app believes is wrong: a hint.' }),
    retry_after: z
      .int()
      .min(0)
      .max(86_400 * 31)
      .exactOptional()
      .meta({
        description: 'With a reason that passes by itself: seconds until then.',
      }),
    return_to: z
      .string()
      .max(2_048)
      .exactOptional()
      .meta({ description: 'Where the person wants to be afterwards, on a registered origin of the app.' }),
    state: textOf(512).exactOptional().meta({ description: 'Opaque; comes back with the person.' }),
    fresh: z.boolean().default(false).meta({ description: 'Read Stripe now instead of using a cached answer.' }),
  })
  .meta({ id: 'CheckRequest' })

const CacheSchema = z
  .object({ max_age: z.int().meta({ description: 'Seconds; 0: ask each time.' }) })
  .meta({ description: 'How long the answer may be used again for the same question.' })

/** Something that will block later: all that a banner needs. */
const WarnedSchema = z
  .object({
    type: z.string().meta({ description: 'A page that explains it.' }),
    title: z.string().meta({ description: 'For a banner.' }),
    reason: ReasonSchema.meta({ description: 'An open set: treat what you do not know as `unknown`.' }),
    at: z.iso.datetime().exactOptional().meta({ description: 'When it will block.' }),
    fix: z
      .object({ url: z.string(), label: z.string(), who: FixWhoSchema })
      .meta({ description: 'The plain way in; `POST /v1/sessions` lets a signed-in person in at once.' }),
  })
  .meta({ id: 'Warning' })
export type Warned = z.infer<typeof WarnedSchema>

export const CheckAnswerSchema = z
  .discriminatedUnion('allowed', [
    z.object({
      allowed: z.literal(true).meta({ description: 'Whether to serve.' }),
      cache: CacheSchema,
      warnings: z.array(WarnedSchema).exactOptional().meta({ description: 'What will block later.' }),
    }),
    z.object({
      allowed: z.literal(false),
      status: z.int().meta({ description: 'To be answered as it is: 402, 403, 429 or 503.' }),
      headers: z.record(z.string(), z.string()).meta({ description: 'To be answered as they are.' }),
      problem: RefusalSchema,
      browser: z
        .object({ location: z.string() })
        .exactOptional()
        .meta({ description: 'For a navigation: answer 303 to it instead. It holds a ticket and must not be cached.' }),
      cache: CacheSchema,
    }),
  ])
  .meta({ id: 'CheckAnswer' })
export type CheckAnswer = z.infer<typeof CheckAnswerSchema>
export type CheckRequest = z.input<typeof CheckRequestSchema>

/** `GET /v1/checks/{id}`: how a refusal stands now. Whoever knows the id may ask; no amounts, no names. */
export const CheckStateSchema = z
  .object({
    state: z.enum(['open', 'seen', 'pending', 'resolved', 'expired', 'cancelled']).meta({
      description:
        '`seen`: somebody has opened the link · `pending`: a payment is on its way · `cancelled`: the app took it back.',
    }),
    allowed: z.boolean().meta({ description: 'Whether the refused request would be served now.' }),
    reasons: z.array(ReasonSchema).meta({ description: 'What blocks it now, the first one first.' }),
    interval: z.int().meta({ description: 'Seconds to wait before asking again.' }),
  })
  .meta({ id: 'CheckState' })

/** `POST /v1/sessions`: a link that lets a signed-in person of the app into the portal. */
export const SessionRequestSchema = z
  .strictObject({
    account: IdSchema.meta({ description: 'Who pays, by your own id.' }),
    actor: IdSchema.meta({ description: 'Who is to be let in: a member of the account, by your own id.' }),
    reason: z.string().max(100).exactOptional().meta({ description: 'What they come for: a hint.' }),
    return_to: z
      .string()
      .max(2_048)
      .exactOptional()
      .meta({ description: 'Where they want to be afterwards, on a registered origin of the app.' }),
    state: textOf(512).exactOptional().meta({ description: 'Opaque; comes back with the person.' }),
  })
  .meta({ id: 'SessionRequest' })

export const SessionAnswerSchema = z
  .object({
    url: z.string().meta({ description: 'Redirect the browser to it; do not store or log it.' }),
    expires_at: z.iso.datetime().meta({ description: 'Until when it opens.' }),
  })
  .meta({ id: 'SessionAnswer' })
