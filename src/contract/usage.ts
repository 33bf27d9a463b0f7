import { z } from 'zod'
import { IdSchema } from './account.ts'
import { InstantSchema } from './money.ts'
import { textOf } from './text.ts'

/** One report of use. The same id counts once, however often it is sent. */
export const UsageEventSchema = z
  .strictObject({
    id: IdSchema.meta({ description: 'Yours, and another one for every event: it makes repeating safe.' }),
    account: IdSchema.meta({ description: 'Who used it, by your own id.' }),
    meter: textOf(100).min(1).meta({ description: 'A meter of the configuration.' }),
    quantity: z
      .number()
      .max(1_000_000_000_000)
      .meta({ description: 'In units of the meter, never below zero. At most six decimals count.' }),
    at: InstantSchema.exactOptional().meta({ description: 'When it was used, unix seconds UTC; now, where left out.' }),
    api_key: textOf(128)
      .min(1)
      .exactOptional()
      .meta({ description: "The key of the app's own API: its name, never the key itself, since customers see it." }),
    member: IdSchema.exactOptional().meta({ description: 'Whose doing it was.' }),
  })
  .meta({ id: 'UsageEvent' })

/** `POST /v1/usage`. One wrong event does not refuse the others, so each is held to its shape by itself. */
export const UsageRequestSchema = z
  .strictObject({
    events: z
      .array(z.union([UsageEventSchema, z.unknown()]))
      .min(1)
      .max(1_000)
      .meta({ description: 'One wrong event does not refuse the others.' }),
  })
  .meta({ id: 'UsageRequest' })

const UsageErrorCodeSchema = z.enum([
  'invalid_event',
  'negative_quantity',
  'unknown_account',
  'unknown_meter',
  'too_old',
  'in_future',
  'id_reused',
])
export type UsageErrorCode = z.infer<typeof UsageErrorCodeSchema>

export const UsageAnswerSchema = z
  .object({
    accepted: z.int().meta({ description: 'Counted now.' }),
    duplicates: z.int().meta({ description: 'Counted before; nothing was added.' }),
    /** In the order of the events. */
    errors: z.array(
      z.object({ id: z.string().exactOptional(), index: z.int(), code: UsageErrorCodeSchema, message: z.string() }),
    ),
  })
  .meta({ id: 'UsageAnswer' })
export type UsageAnswer = z.infer<typeof UsageAnswerSchema>
