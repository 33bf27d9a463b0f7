import { z } from 'zod'

const meter = z.string().min(1).max(100)

/** What a customer wants to be written to about: a part or an amount of a meter in a period, or credits below a figure. */
export const UsageAlertSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), meter, value: z.number().positive().max(1_000) }),
  z.strictObject({ kind: z.literal('units'), meter, value: z.number().positive().max(1_000_000_000_000) }),
  z.strictObject({ kind: z.literal('below'), value: z.number().positive().max(1_000_000_000) }),
])
export type UsageAlert = z.infer<typeof UsageAlertSchema>

/** `PUT /api/usage/alerts`: all of them, in place of those before. */
export const UsageAlertsRequestSchema = z
  .strictObject({ alerts: z.array(UsageAlertSchema).max(50) })
  .meta({ id: 'UsageAlertsRequest' })

/** `PUT /api/usage/letters`: whether this member wants letters about usage. */
export const UsageLettersRequestSchema = z.strictObject({ on: z.boolean() }).meta({ id: 'UsageLettersRequest' })

/** `POST /api/letters/stop`: the same by the link of a letter, without signing in. */
export const StopLettersRequestSchema = z
  .strictObject({ token: z.string().max(1_000), on: z.boolean() })
  .meta({ id: 'StopLettersRequest' })
