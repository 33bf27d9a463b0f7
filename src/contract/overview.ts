import type { SubscriptionStatus } from '#diagnosis/account.ts'
import { z } from 'zod'
import { DiagnosisSchema, IntervalSchema, MethodSchema } from './diagnosis.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { place } from './place.ts'

export const StatusSchema = z.enum([
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'incomplete',
  'incomplete_expired',
  'paused',
  'canceled',
]) satisfies z.ZodType<SubscriptionStatus>

/** `GET /api/overview`: the account in one answer. */
export const OverviewSchema = z
  .object({
    ...place,
    diagnosis: DiagnosisSchema,
    subscriptions: z
      .array(
        z
          .object({
            id: z.string(),
            plan: z.string(),
            status: StatusSchema,
            standing: z.enum(['full', 'grace', 'stopped', 'ended']),
            quantity: z.int(),
            price: MoneySchema.exactOptional(),
            interval: IntervalSchema.exactOptional(),
            periodEnd: InstantSchema,
            trialEnd: InstantSchema.exactOptional(),
            cancelAt: InstantSchema.exactOptional(),
            endedAt: InstantSchema.exactOptional(),
            graceEnd: InstantSchema.exactOptional(),
            method: MethodSchema.exactOptional(),
          })
          .readonly(),
      )
      .readonly(),
    methods: z
      .array(
        z
          .object({
            method: MethodSchema,
            isDefault: z.boolean(),
            expired: z.boolean(),
            /** Plans that are charged to it. */
            usedBy: z.array(z.string()).readonly(),
          })
          .readonly(),
      )
      .readonly(),
    openInvoices: z
      .array(
        z
          .object({
            id: z.string(),
            number: z.string().exactOptional(),
            /** Left out for those who may not see amounts. */
            remaining: MoneySchema.exactOptional(),
            due: InstantSchema,
            period: z.object({ start: InstantSchema, end: InstantSchema }).readonly(),
            state: z.enum(['due', 'overdue', 'processing', 'confirm']),
            nextAttempt: InstantSchema.exactOptional(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly()
  .meta({ id: 'Overview' })
export type Overview = z.infer<typeof OverviewSchema>
