import type { Instant, Interval, Method, PauseCause } from '#diagnosis/account.ts'
import type { Debt, Diagnosis } from '#diagnosis/diagnosis.ts'
import type { DeclineGroup } from '#diagnosis/decline.ts'
import { fixes, reasons, type Reason, type Who } from '#diagnosis/reason.ts'
import { z } from 'zod'
import { InstantSchema, MoneySchema } from './money.ts'

export const ReasonSchema = z.enum(reasons)
const FixSchema = z.enum(fixes)
export const DeclineGroupSchema = z.enum([
  'funds',
  'later',
  'bank',
  'card',
  'data',
  'expired',
  'account',
  'confirm',
  'billing',
  'retry',
  'ours',
]) satisfies z.ZodType<DeclineGroup>
const WhoSchema = z.enum(['payer', 'billing_admin', 'vendor', 'nobody', 'developer']) satisfies z.ZodType<Who>

export const MethodSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    brand: z.string().exactOptional(),
    last4: z.string().exactOptional(),
    expMonth: z.int().exactOptional(),
    expYear: z.int().exactOptional(),
  })
  .readonly() satisfies z.ZodType<Method>

const PeriodSchema = z.object({ start: InstantSchema, end: InstantSchema }).readonly()

const DebtSchema = z
  .object({
    total: MoneySchema,
    invoices: z
      .array(
        z
          .object({
            id: z.string(),
            number: z.string().exactOptional(),
            remaining: MoneySchema,
            due: InstantSchema,
            period: PeriodSchema,
            plan: z.string().exactOptional(),
            nextAttempt: InstantSchema.exactOptional(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly() satisfies z.ZodType<Debt>

const common = { fix: FixSchema, who: WhoSchema, since: InstantSchema.exactOptional() }
const method = MethodSchema.exactOptional()

const PauseCauseSchema = z.enum([
  'trial_end_without_payment_method',
  'pause_requested',
  'first_payment_failure',
  'final_payment_failure',
  'system',
]) satisfies z.ZodType<PauseCause>

export const IntervalSchema = z
  .object({ unit: z.enum(['day', 'week', 'month', 'year']), count: z.int() })
  .readonly() satisfies z.ZodType<Interval>

const offered = {
  subscription: z.string(),
  plan: z.string(),
  price: MoneySchema.exactOptional(),
  interval: IntervalSchema.exactOptional(),
}

function bare<const R extends Reason>(reason: R) {
  return z.object({ reason: z.literal(reason), ...common }).readonly()
}

const BlockerSchema = z.discriminatedUnion('reason', [
  z
    .object({
      reason: z.literal('card_declined'),
      ...common,
      debt: DebtSchema,
      method,
      decline: DeclineGroupSchema,
      sameCardCanWork: z.boolean(),
    })
    .readonly(),
  z.object({ reason: z.literal('card_expired'), ...common, debt: DebtSchema, method }).readonly(),
  z.object({ reason: z.literal('no_payment_method'), ...common, debt: DebtSchema.exactOptional() }).readonly(),
  z
    .object({
      reason: z.literal('authentication_required'),
      ...common,
      debt: DebtSchema,
      invoice: z.string(),
      method,
    })
    .readonly(),
  z.object({ reason: z.literal('payment_processing'), ...common, debt: DebtSchema, method }).readonly(),
  z.object({ reason: z.literal('invoice_overdue'), ...common, debt: DebtSchema, method }).readonly(),
  z
    .object({
      reason: z.literal('subscription_incomplete'),
      ...common,
      debt: DebtSchema,
      plan: z.string(),
      expires: InstantSchema,
      decline: DeclineGroupSchema.exactOptional(),
      method,
    })
    .readonly(),
  z.object({ reason: z.literal('subscription_paused'), ...common, ...offered, cause: PauseCauseSchema }).readonly(),
  z
    .object({
      reason: z.literal('subscription_canceled'),
      ...common,
      ...offered,
      began: z.boolean(),
      ended: InstantSchema.exactOptional(),
    })
    .readonly(),
  bare('account_frozen'),
  bare('trial_ended'),
  bare('billing_details_missing'),
  bare('spend_cap_reached'),
  bare('credits_exhausted'),
  bare('usage_limit_exceeded'),
  bare('seat_limit'),
  bare('plan_lacks_feature'),
  bare('upstream_billing'),
  bare('rate_limited'),
  bare('unknown'),
])

const WarningSchema = z
  .object({
    reason: ReasonSchema,
    fix: FixSchema,
    at: InstantSchema.exactOptional() satisfies z.ZodType<Instant | undefined>,
    debt: DebtSchema.exactOptional(),
    method,
  })
  .readonly()

export const DiagnosisSchema = z
  .object({
    verdict: z.enum(['clear', 'blocked', 'unchecked']),
    access: z.boolean(),
    asOf: InstantSchema,
    live: z.boolean(),
    blockers: z.array(BlockerSchema).readonly(),
    warnings: z.array(WarningSchema).readonly(),
  })
  .readonly()
  .meta({ id: 'Diagnosis' }) satisfies z.ZodType<Diagnosis>
