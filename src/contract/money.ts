import type { Money } from '#diagnosis/money.ts'
import { z } from 'zod'

export const MoneySchema = z
  .object({
    amount: z.int().meta({ description: 'In the smallest unit of the currency: cents, yen, fils.' }),
    currency: z.string().length(3).meta({ description: 'ISO 4217, lower case.' }),
  })
  .readonly() satisfies z.ZodType<Money>

export const InstantSchema = z.int().meta({ description: 'Unix seconds, UTC.' })
