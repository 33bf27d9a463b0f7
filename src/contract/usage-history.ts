import { z } from 'zod'
import { InstantSchema } from './money.ts'
import { textOf } from './text.ts'

/** How many periods of a meter can be looked at. */
export const USAGE_PERIODS = 6

/** The ten who used most, and what all others used together. Without an id: used without saying by whom. */
const SharesSchema = z
  .object({
    top: z
      .array(
        z.object({ id: z.string().exactOptional(), name: z.string().exactOptional(), used: z.number() }).readonly(),
      )
      .readonly(),
    rest: z.object({ count: z.int(), used: z.number() }).readonly().exactOptional(),
  })
  .readonly()
export type Shares = z.infer<typeof SharesSchema>

/**
 * `GET /api/usage/history?meter=…&back=…`: one meter day by day. `back`: 0 is the period that runs, 1 the one before it.
 * Earlier periods are reckoned back from the one that runs.
 */
export const UsageHistorySchema = z
  .object({
    meter: z.string(),
    back: z.int(),
    /** From the one that runs backwards, as far as there are reports; at most six. */
    periods: z.array(z.object({ since: InstantSchema, until: InstantSchema }).readonly()).readonly(),
    /** Every day of the period until today, by its beginning (UTC); empty where nothing was ever reported. */
    days: z.array(z.object({ day: InstantSchema, used: z.number() }).readonly()).readonly(),
    used: z.number(),
    /** By key of the app's API, and by member; absent where none was ever said in this period. */
    keys: SharesSchema.exactOptional(),
    members: SharesSchema.exactOptional(),
  })
  .readonly()
  .meta({ id: 'UsageHistory' })
export type UsageHistory = z.infer<typeof UsageHistorySchema>

export const UsageHistoryQuerySchema = z.object({
  meter: textOf(100).min(1),
  back: z.coerce
    .number()
    .int()
    .min(0)
    .max(USAGE_PERIODS - 1)
    .default(0),
})

/** `GET /api/usage/days.csv?from=2026-11-01&until=2026-11-30`: days in UTC, both included. */
export const UsageDaysQuerySchema = z.object({ from: z.iso.date(), until: z.iso.date() })
