import { z } from 'zod'
import { IdSchema } from './account.ts'
import { CheckIdSchema } from './check.ts'
import { MaskedFieldSchema } from './desk-person.ts'
import { StaffReasonSchema } from './staff.ts'

/** `POST /api/desk/accounts/{app}/{account}/unmask`: one detail about a person, and why it is looked at. */
export const UnmaskRequestSchema = z.strictObject({ field: MaskedFieldSchema, reason: StaffReasonSchema })
export const UnmaskedSchema = z.object({ text: z.string() }).readonly().meta({ id: 'Unmasked' })

/** `POST /api/desk/accounts/{app}/{account}/send-link`: the exact fix to one member, by letter or to be handed on. */
export const SendLinkRequestSchema = z.strictObject({
  member: IdSchema,
  /** The refused request that it is about. */
  check: CheckIdSchema.exactOptional(),
  by: z.enum(['letter', 'hand']),
  reason: StaffReasonSchema,
})
export type SendLinkRequest = z.infer<typeof SendLinkRequestSchema>

/** The link opens nothing by itself: whoever follows it shows who they are. */
export const SentLinkSchema = z
  .object({ url: z.url(), by: z.enum(['letter', 'hand']) })
  .readonly()
  .meta({ id: 'SentLink' })
export type SentLink = z.infer<typeof SentLinkSchema>
