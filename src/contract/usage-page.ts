import { z } from 'zod'
import { MeterUsageSchema } from './meter-usage.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { place } from './place.ts'
import { PayerSchema } from './ask.ts'
import { UsageAlertSchema } from './usage-alert.ts'

const CreditsSchema = z
  .object({
    /** What is left, in whole credits. */
    balance: z.number(),
    /** Credits used beyond all that was bought: the next purchase pays them first. */
    owed: z.number().exactOptional(),
    /** What is left of each purchase, in the order in which it is drawn. */
    lots: z
      .array(
        z
          .object({
            remaining: z.number(),
            bought: InstantSchema,
            /** Nobody bought them: support gave them then. */
            given: z.literal(true).exactOptional(),
            expires: InstantSchema.exactOptional(),
            name: z.string().exactOptional(),
          })
          .readonly(),
      )
      .readonly(),
    /** How many credits each meter has drawn in its period that runs. */
    drawn: z.array(z.object({ meter: z.string(), name: z.string(), credits: z.number() }).readonly()).readonly(),
    /** Whether they buy themselves; absent where the merchant does not allow it. */
    recharge: z
      .object({
        state: z.enum(['on', 'off', 'stopped']),
        threshold: z.number().exactOptional(),
        pack: z.string().exactOptional(),
        /** Left out for those who may not see amounts. */
        monthly: MoneySchema.exactOptional(),
      })
      .readonly()
      .exactOptional(),
  })
  .readonly()

const RateSchema = z
  .object({ meter: z.string(), name: z.string(), unit: z.string(), limit: z.int(), seconds: z.int() })
  .readonly()

/** What may be spent beyond the plans in a period, and what is; for those who see amounts. */
const CapSchema = z
  .object({
    apiKey: z.string().exactOptional(),
    limit: MoneySchema,
    spent: MoneySchema,
    resets: InstantSchema.exactOptional(),
  })
  .readonly()

/**
 * `GET /api/usage`: what is used of what, now. The figures are the portal's own; the plan and its period come from Stripe:
 * `live` just now, `mirror` from the last reading (at `asOf`), `none` where it was never read (then the calendar month).
 */
export const UsagePageSchema = z
  .object({
    ...place,
    source: z.enum(['live', 'mirror', 'none']),
    asOf: InstantSchema,
    /** Names of the plans that give something now. */
    plans: z.array(z.string()).readonly(),
    meters: z.array(MeterUsageSchema).readonly(),
    credits: CreditsSchema.exactOptional(),
    /** How many people use it, as the app last said, and how many may. */
    seats: z.object({ used: z.int(), seats: z.int() }).readonly().exactOptional(),
    rates: z.array(RateSchema).readonly(),
    caps: z.array(CapSchema).readonly(),
    /** What payers are written to about; `reached` in the period that runs. */
    alerts: z.array(z.object({ alert: UsageAlertSchema, reached: z.boolean() }).readonly()).readonly(),
    /** Whether letters about it reach this member; only for payers. `none`: no letter can reach them. */
    letters: z.enum(['on', 'off', 'none']).exactOptional(),
    /** The others who may set alerts and buy. */
    payers: z.array(PayerSchema).readonly(),
  })
  .readonly()
  .meta({ id: 'UsagePage' })
export type UsagePage = z.infer<typeof UsagePageSchema>
