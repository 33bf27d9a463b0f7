import { z } from 'zod'
import { IdSchema, RoleSchema } from './account.ts'
import { CheckIdSchema } from './check.ts'
import { InstantSchema } from './money.ts'

const PersonSchema = z.object({ id: IdSchema, name: z.string().exactOptional(), role: RoleSchema })

/** Somebody who may pay, for those who ask them. `reachable`: a letter would get to them. */
export const PayerSchema = PersonSchema.extend({ reachable: z.boolean() }).readonly().meta({ id: 'Payer' })
export type PayerPerson = z.infer<typeof PayerSchema>

/** How a request to a colleague stands, for the one who made it. */
export const AskSchema = z
  .object({
    to: PersonSchema.readonly(),
    asked: InstantSchema,
    /** `failed`: the letter could not be delivered, so another way is needed. */
    state: z.enum(['sending', 'sent', 'opened', 'lifted', 'failed']),
  })
  .readonly()
  .meta({ id: 'Ask' })
export type Ask = z.infer<typeof AskSchema>

/** `POST /api/asks`: sends a colleague who may pay the exact fix, by e-mail. Answers how that stands. */
export const AskRequestSchema = z
  .strictObject({ check: CheckIdSchema.exactOptional(), to: IdSchema })
  .meta({ id: 'AskRequest' })
