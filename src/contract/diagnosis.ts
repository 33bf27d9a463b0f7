import { detailFields, type Instant, type Interval, type Method, type PauseCause } from '#diagnosis/account.ts'
import type { Counted, Debt, Diagnosis } from '#diagnosis/diagnosis.ts'
import type { DeclineAdvice, DeclineGroup } from '#diagnosis/decline.ts'
import { fixes, reasons, type Who } from '#diagnosis/reason.ts'
import { z } from 'zod'
import { InstantSchema, MoneySchema } from './money.ts'

export const ReasonSchema = z.enum(reasons)
export const FixSchema = z.enum(fixes)
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
const AdviceSchema = z
  .object({
    act: z.enum(['other-card', 'same-card-later', 'call-bank', 'retype', 'confirm', 'wait', 'contact-us']),
    who: z.enum(['you', 'bank', 'us', 'time']),
  })
  .readonly() satisfies z.ZodType<Pick<DeclineAdvice, 'act' | 'who'>>
export const WhoSchema = z.enum(['payer', 'billing_admin', 'vendor', 'nobody', 'developer']) satisfies z.ZodType<Who>

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

export const DebtSchema = z
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

export const PauseCauseSchema = z.enum([
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

const DetailFieldSchema = z.enum(detailFields)

export const CountedSchema = z
  .object({ id: z.string(), name: z.string(), unit: z.string() })
  .readonly() satisfies z.ZodType<Counted>

const debt = DebtSchema.exactOptional()
const decline = DeclineGroupSchema
const optional = {
  text: z.string().exactOptional(),
  count: z.number().exactOptional(),
  money: MoneySchema.exactOptional(),
  instant: InstantSchema.exactOptional(),
}

/** What each reason comes with. Money and cards are absent where the reader may not see them. */
const evidence = {
  account_frozen: { cause: z.enum(['hold', 'dispute', 'told']), note: optional.text },
  payment_processing: { debt, method },
  authentication_required: { debt, invoice: z.string(), method },
  subscription_incomplete: {
    debt,
    plan: z.string(),
    expires: InstantSchema,
    decline: decline.exactOptional(),
    method,
  },
  card_declined: { debt, method, decline, sameCardCanWork: z.boolean(), advice: AdviceSchema.exactOptional() },
  card_expired: { debt, method },
  invoice_overdue: { debt, method },
  subscription_paused: { ...offered, cause: PauseCauseSchema },
  subscription_canceled: { ...offered, began: z.boolean(), ended: optional.instant },
  trial_ended: { subscription: z.string(), plan: z.string(), ended: InstantSchema },
  no_payment_method: { debt },
  billing_details_missing: { missing: z.array(DetailFieldSchema).readonly(), invoice: optional.text },
  spend_cap_reached: {
    limit: optional.money,
    spent: optional.money,
    apiKey: optional.text,
    resets: optional.instant,
  },
  credits_exhausted: { balance: optional.count, needed: optional.count, meter: CountedSchema.exactOptional() },
  usage_limit_exceeded: {
    meter: CountedSchema.exactOptional(),
    used: optional.count,
    included: optional.count,
    requested: optional.count,
    resets: optional.instant,
  },
  seat_limit: { used: optional.count, seats: optional.count },
  plan_lacks_feature: { feature: optional.text, plans: z.array(z.string()).readonly() },
  upstream_billing: { until: optional.instant },
  rate_limited: { until: optional.instant, limit: optional.count, seconds: optional.count },
  unknown: { cause: z.enum(['customer_deleted', 'no_plan', 'unclear']) },
} as const

function blocker<const R extends keyof typeof evidence>(reason: R) {
  return z.object({ reason: z.literal(reason), ...common, ...evidence[reason] }).readonly()
}

export const BlockerSchema = z.discriminatedUnion('reason', [
  blocker('account_frozen'),
  blocker('payment_processing'),
  blocker('authentication_required'),
  blocker('subscription_incomplete'),
  blocker('card_declined'),
  blocker('card_expired'),
  blocker('invoice_overdue'),
  blocker('subscription_paused'),
  blocker('subscription_canceled'),
  blocker('trial_ended'),
  blocker('no_payment_method'),
  blocker('billing_details_missing'),
  blocker('spend_cap_reached'),
  blocker('credits_exhausted'),
  blocker('usage_limit_exceeded'),
  blocker('seat_limit'),
  blocker('plan_lacks_feature'),
  blocker('upstream_billing'),
  blocker('rate_limited'),
  blocker('unknown'),
])

export const WarningSchema = z
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
