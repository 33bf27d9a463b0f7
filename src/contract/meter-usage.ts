import { z } from 'zod'
import { InstantSchema, MoneySchema } from './money.ts'

/**
 * What the period will come to if it goes on like this: with four chances in five between `low` and `high`. `early`: a
 * tenth of the period is not over yet, or there are reports of fewer than three days.
 */
const OutlookSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('early') }),
  z.object({
    kind: z.literal('known'),
    low: z.number(),
    likely: z.number(),
    high: z.number(),
    /** Beside what is included: it lasts, may not last, will not last, or is over already. Absent without a limit. */
    pace: z.enum(['lasts', 'may-end', 'ends', 'over']).exactOptional(),
    /** When what is included will be used up, where it will not last. */
    ends: InstantSchema.exactOptional(),
  }),
])
export type Outlook = z.infer<typeof OutlookSchema>

/** What happens beyond what is included: it stops, costs money, draws credits, or goes on for nothing. */
const BeyondSchema = z.enum(['stops', 'priced', 'credits', 'free'])
export type Beyond = z.infer<typeof BeyondSchema>

/** One meter in the period that runs, in the meter's own units. */
export const MeterUsageSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    unit: z.string(),
    /** Absent where nothing was ever reported: unknown, which is not zero. */
    used: z.number().exactOptional(),
    /** When the last report came. */
    reported: InstantSchema.exactOptional(),
    since: InstantSchema,
    /** When it starts again. */
    resets: InstantSchema,
    /** What the plans include; absent where none limits it. */
    included: z.number().exactOptional(),
    beyond: BeyondSchema.exactOptional(),
    /** What `per` units cost beyond what is included. Left out, as `cost`, for those who may not see amounts. */
    price: MoneySchema.unwrap().extend({ per: z.int() }).readonly().exactOptional(),
    /** What was used beyond costs so far, in whole minor units rounded up. */
    cost: MoneySchema.exactOptional(),
    /** How many credits one unit draws. */
    rate: z.number().exactOptional(),
    outlook: OutlookSchema.exactOptional(),
  })
  .readonly()
  .meta({ id: 'MeterUsage' })
export type MeterUsage = z.infer<typeof MeterUsageSchema>
