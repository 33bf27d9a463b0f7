import type { SubscriptionStatus } from '#diagnosis/account.ts'
import { z } from 'zod'
import { BackupChargeSchema } from './backup.ts'
import {
  DiagnosisSchema,
  FixSchema,
  IntervalSchema,
  MethodSchema,
  PauseCauseSchema,
  ReasonSchema,
} from './diagnosis.ts'
import { ListedInvoiceSchema } from './invoice.ts'
import { MeterUsageSchema } from './meter-usage.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { place } from './place.ts'
import { PlannedSchema } from './planned.ts'

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

/**
 * What Stripe reckons that a subscription asks for next, in its currency's smallest unit. `charge` is taken from the
 * method, `invoice` is sent to be paid by hand. `due` is what is left after `discount` and `credit`, with `carried` from
 * before and `tax` within it.
 */
const UpcomingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }).readonly(),
  z
    .object({
      kind: z.enum(['charge', 'invoice']),
      at: InstantSchema,
      due: MoneySchema,
      credit: MoneySchema.exactOptional(),
      carried: MoneySchema.exactOptional(),
      discount: MoneySchema.exactOptional(),
      tax: MoneySchema.exactOptional(),
    })
    .readonly(),
])
export type Upcoming = z.infer<typeof UpcomingSchema>

/** `GET /api/overview`: the account in one answer. With `?fresh=true` Stripe is asked now; else ten seconds old will do. */
export const OverviewSchema = z
  .object({
    ...place,
    diagnosis: DiagnosisSchema,
    /**
     * Where signing in anew leads: to accounts that there are of an address that was proved in this session, or to
     * whichever an address that is not proved yet may have. Absent where no other one is there to go to.
     */
    otherAccounts: z.enum(['known', 'possible']).exactOptional(),
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
            /** Why it stands as it does, where that is not well. */
            reason: ReasonSchema.exactOptional(),
            /** Its one remedy, where the diagnosis has one for it. */
            fix: FixSchema.exactOptional(),
            /** Since when its oldest unpaid invoice has been due. */
            dueSince: InstantSchema.exactOptional(),
            /** All of its unpaid invoices; as all amounts, left out for those who may not see them. */
            owed: MoneySchema.exactOptional(),
            /** When Stripe tries its card again, if that can work. */
            nextAttempt: InstantSchema.exactOptional(),
            pausedBy: PauseCauseSchema.exactOptional(),
            /** The merchant asks for no money for now. */
            uncollected: z.literal(true).exactOptional(),
            /** A change is planned. */
            scheduled: z.literal(true).exactOptional(),
            /** What its owner has chosen instead, from then on. */
            planned: PlannedSchema.exactOptional(),
            /** A change waits for its payment until then. */
            changing: InstantSchema.exactOptional(),
            /** Absent where Stripe does not say, which is not zero. */
            upcoming: UpcomingSchema.exactOptional(),
            method: MethodSchema.exactOptional(),
          })
          .readonly(),
      )
      .readonly(),
    /** Those in use: the default, and what a living plan is charged to. */
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
    /** The newest declined charge of the last two weeks for which the backup was charged. */
    backup: BackupChargeSchema.exactOptional(),
    /** At most three meters, the fullest first. */
    usage: z.array(MeterUsageSchema).readonly(),
    /** The newest three; absent where Stripe does not answer, then `openInvoices` is what was last known. */
    invoices: z.array(ListedInvoiceSchema).readonly().exactOptional(),
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
