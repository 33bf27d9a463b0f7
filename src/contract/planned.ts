import { z } from 'zod'
import { InstantSchema, MoneySchema } from './money.ts'

/** A change that was chosen and begins then; until then everything stays as it was paid for. */
export const PlannedSchema = z
  .object({
    at: InstantSchema,
    plan: z.string(),
    quantity: z.int(),
    /** The plan stays the same, and only how many seats it has changes. */
    seatsOnly: z.boolean(),
    /** Of what comes, for one interval; left out for those who may not see amounts. */
    price: MoneySchema.exactOptional(),
    /** Taken back, the plan ends then, as it was to before the choice. */
    endsAgain: z.literal(true).exactOptional(),
    /** This person can still take it back; nothing is charged by that. */
    mayUndo: z.boolean(),
  })
  .readonly()
  .meta({ id: 'Planned' })
export type Planned = z.infer<typeof PlannedSchema>
