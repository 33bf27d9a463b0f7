import { z } from 'zod'
import { MethodSchema } from './diagnosis.ts'
import { InstantSchema, MoneySchema } from './money.ts'

/** What became of an automatic charge that was declined, where a backup was agreed to. */
export const BackupChargeSchema = z
  .object({
    invoice: z.string(),
    number: z.string().exactOptional(),
    amount: MoneySchema,
    /** What was declined, and what was charged in its place. */
    failed: MethodSchema,
    backup: MethodSchema,
    state: z.enum(['checking', 'processing', 'paid', 'declined']),
    at: InstantSchema,
  })
  .readonly()
export type BackupCharge = z.infer<typeof BackupChargeSchema>
