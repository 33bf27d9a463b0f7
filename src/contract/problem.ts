import { z } from 'zod'
import { ReasonSchema } from './diagnosis.ts'

/** The only shape of failure (RFC 9457). `code` is for programs, `title` and `detail` are for people. */
export const ProblemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().exactOptional(),
    code: z.string(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .exactOptional()
      .meta({ description: 'Which fields were wrong.' }),
    interval: z.int().exactOptional().meta({ description: 'Seconds to wait between two polls from now on.' }),
    request_id: z.string(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof ProblemSchema>

const CodeSchema = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/, 'a code such as 7KQ2-M4XD')
  .meta({ description: 'To be typed or read out; says which refusal is meant and opens nothing by itself.' })

export const FixWhoSchema = z.enum(['payer', 'billing_admin', 'vendor', 'nobody', 'developer'])

const RefusalFixSchema = z.object({
  url: z.string().meta({ description: 'Where a person mends it.' }),
  short_url: z.string().exactOptional().meta({ description: 'The same, short enough to be typed. Not for visitors.' }),
  code: CodeSchema.exactOptional(),
  app_url: z
    .string()
    .exactOptional()
    .meta({ description: 'Added by the app: an address of its own that lets its signed-in person in at once.' }),
  label: z.string(),
  who: FixWhoSchema,
  expires_at: z.iso.datetime().exactOptional().meta({ description: 'Until when the code is good.' }),
  alternatives: z
    .array(z.object({ label: z.string(), url: z.string().exactOptional() }))
    .exactOptional()
    .meta({ description: 'Ways that cost nothing.' }),
})

/** The body of a refusal: RFC 9457 with the extension members that let a program act without a browser. */
export const RefusalSchema = z
  .object({
    type: z.string().meta({ description: 'A page of the portal that explains it.' }),
    title: z.string(),
    status: z.union([z.literal(402), z.literal(403), z.literal(429), z.literal(503)]),
    detail: z.string().exactOptional().meta({ description: 'A sentence for people, not to be parsed.' }),
    instance: z.string().meta({ description: 'This refusal, as a URN.' }),
    reason: ReasonSchema.meta({ description: 'An open set: treat what you do not know as `unknown`.' }),
    blockers: z
      .array(z.object({ reason: ReasonSchema, detail: z.record(z.string(), z.unknown()).exactOptional() }))
      .meta({ description: 'Everything that holds now, in the order of treatment; the first one is `reason`.' }),
    scope: z.enum(['account', 'subject', 'request']).meta({
      description:
        'What is refused: everything of this account, whatever is asked about this subject, or only so much at once.',
    }),
    account: z
      .object({
        id: z.string(),
        label: z.string().exactOptional().meta({ description: 'Only for those who belong to the account.' }),
      })
      .exactOptional()
      .meta({ description: 'Left out for visitors.' }),
    subject: z
      .object({
        feature: z.string().exactOptional(),
        meter: z.string().exactOptional(),
        requested: z.number().exactOptional(),
        remaining: z.number().exactOptional().meta({ description: 'So much would be served at once.' }),
        limit: z.number().exactOptional().meta({ description: 'How much there is in all.' }),
        unit: z.string().exactOptional().meta({ description: 'What is counted, in the plural.' }),
      })
      .exactOptional(),
    fix: RefusalFixSchema,
    poll: z
      .object({ url: z.string(), interval: z.int() })
      .meta({ description: 'Where to ask how it stands, every so many seconds. No key is needed.' }),
    resets_at: z.iso.datetime().exactOptional().meta({ description: 'When it passes by itself.' }),
    retry: z
      .enum(['after_fix', 'after_reset', 'poll', 'smaller_request', 'never'])
      .meta({ description: 'When repeating the request makes sense.' }),
    request_id: z.string().meta({ description: 'The id of the check: support finds it by this.' }),
  })
  .meta({ id: 'Refusal' })
export type Refusal = z.infer<typeof RefusalSchema>
