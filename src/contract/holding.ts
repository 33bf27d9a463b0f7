import { z } from 'zod'
import { PlanSchema } from './deed.ts'
import { IntervalSchema, MethodSchema } from './diagnosis.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { QuoteSchema, TermsChangeSchema } from './offer.ts'
import { StatusSchema } from './overview.ts'
import { place } from './place.ts'
import { PlannedSchema } from './planned.ts'

/** What may be done with a subscription at this moment, by this person. */
const actNames = [
  'change',
  'seats',
  'code',
  'remove-code',
  'pause',
  'cancel',
  'cancel-now',
  'keep',
  'undo',
  'renew',
  'resume',
] as const
const ActNameSchema = z.enum(actNames)
export type ActName = z.infer<typeof ActNameSchema>

const TermsSchema = z
  .object({
    features: z.array(z.string()).readonly(),
    limits: z
      .array(
        z.object({ meter: z.string(), name: z.string(), unit: z.string(), included: z.number(), hard: z.boolean() }),
      )
      .readonly(),
    seats: z.int().exactOptional(),
    /** At most `limit` in each window of `seconds`. */
    rates: z.array(
      z.object({ meter: z.string(), name: z.string(), unit: z.string(), limit: z.int(), seconds: z.int() }),
    ),
  })
  .readonly()

/** Taken off each invoice, or off the next one only (`once`). Either `percent` or `amount`. */
const DiscountSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    /** What somebody typed to get it. */
    code: z.string().exactOptional(),
    percent: z.number().exactOptional(),
    amount: MoneySchema.exactOptional(),
    once: z.boolean(),
    /** For so long from when it is taken; `ends` says until when, once it is. */
    months: z.int().exactOptional(),
    ends: InstantSchema.exactOptional(),
  })
  .readonly()
  .meta({ id: 'Discount' })
export type Discount = z.infer<typeof DiscountSchema>

const HoldingSchema = z
  .object({
    id: z.string(),
    plan: z.string(),
    status: StatusSchema,
    standing: z.enum(['full', 'grace', 'stopped', 'ended']),
    quantity: z.int(),
    /** Its quantity is a number of seats. */
    bySeat: z.boolean(),
    /** Left out, like everything about money, for those who may not see amounts. */
    price: MoneySchema.exactOptional(),
    interval: IntervalSchema.exactOptional(),
    periodStart: InstantSchema.exactOptional(),
    periodEnd: InstantSchema,
    trialEnd: InstantSchema.exactOptional(),
    cancelAt: InstantSchema.exactOptional(),
    endedAt: InstantSchema.exactOptional(),
    graceEnd: InstantSchema.exactOptional(),
    /** The merchant asks for no money for now. */
    uncollected: z.boolean(),
    /** A change waits until then for its payment. */
    changing: InstantSchema.exactOptional(),
    method: MethodSchema.exactOptional(),
    /** What its open invoices still ask for. */
    owed: MoneySchema.exactOptional(),
    terms: TermsSchema,
    discounts: z.array(DiscountSchema).readonly(),
    /** A schedule of the merchant's drives it; what comes next stands here where something does. */
    scheduled: z.boolean(),
    next: z.object({ at: InstantSchema, plan: z.string(), quantity: z.int() }).readonly().exactOptional(),
    /** What its owner has chosen instead, from then on. */
    planned: PlannedSchema.exactOptional(),
    acts: z.array(ActNameSchema).readonly(),
  })
  .readonly()
  .meta({ id: 'Holding' })
export type Holding = z.infer<typeof HoldingSchema>

/** `GET /api/plan`: what the account has bought, what that contains, and what can be done with it. */
export const HoldingsSchema = z
  .object({
    ...place,
    asOf: InstantSchema,
    /** `mirror`: an older reading, Stripe did not answer; `none`: nothing could be read. Then nothing can be done. */
    source: z.enum(['live', 'mirror', 'none']),
    /** People of the account who may change it. */
    payers: z.array(z.string()).readonly(),
    /** Seats taken, as the app last said. */
    seatsUsed: z.int().exactOptional(),
    /** Nothing lives, and there are plans to choose from. */
    mayBegin: z.boolean(),
    holdings: z.array(HoldingSchema).readonly(),
  })
  .readonly()
  .meta({ id: 'Holdings' })
export type Holdings = z.infer<typeof HoldingsSchema>

const SubscriptionIdSchema = z.string().regex(/^sub_\w+$/)
const CodeTextSchema = z.string().trim().min(1).max(200)

/** Stripe's list (https://docs.stripe.com/api/subscriptions/object, `cancellation_details.feedback`). */
export const feedbacks = [
  'too_expensive',
  'missing_features',
  'switched_service',
  'unused',
  'customer_service',
  'too_complex',
  'low_quality',
  'other',
] as const

/**
 * `POST /api/plan`: what is done with a subscription and costs nothing now. Answers what came of it and a fresh look, as
 * every deed. What has to be paid for is bought by the fixes `choose-plan` and `add-seats`.
 */
export const PlanActSchema = z
  .discriminatedUnion('act', [
    /** Ends it with the period that is paid for (`end`) or at once; never with a refund. */
    z.strictObject({
      act: z.literal('cancel'),
      subscription: SubscriptionIdSchema,
      when: z.enum(['end', 'now']),
      feedback: z.enum(feedbacks).exactOptional(),
      comment: z.string().trim().min(1).max(1_000).exactOptional(),
    }),
    /** It goes on after all. */
    z.strictObject({ act: z.literal('keep'), subscription: SubscriptionIdSchema }),
    /** Access and invoices stop at once; the fix `resume` takes it up again. */
    z.strictObject({ act: z.literal('pause'), subscription: SubscriptionIdSchema }),
    /** Takes a promotion code; `next` is what the next invoice was shown to ask for with it. */
    z.strictObject({
      act: z.literal('code'),
      subscription: SubscriptionIdSchema,
      code: CodeTextSchema,
      next: MoneySchema,
    }),
    z.strictObject({
      act: z.literal('remove-code'),
      subscription: SubscriptionIdSchema,
      discount: z.string().max(100),
    }),
    /** Another plan or number of seats for which nothing is due now: later, or at once with what is left credited. */
    z.strictObject({ act: z.literal('change'), plan: PlanSchema }),
    /** Takes back a change that has not begun. */
    z.strictObject({ act: z.literal('undo'), subscription: SubscriptionIdSchema }),
  ])
  .meta({ id: 'PlanAct' })
export type PlanAct = z.infer<typeof PlanActSchema>
export type PlanActOf<Name extends PlanAct['act']> = Extract<PlanAct, { act: Name }>

/** `POST /api/plan/code`: what a promotion code would do. Changes nothing. */
export const CodeQuestionSchema = z
  .strictObject({ subscription: SubscriptionIdSchema, code: CodeTextSchema })
  .meta({ id: 'CodeQuestion' })

/** Why a code takes nothing off. */
const codeFaults = ['unknown', 'expired', 'used-up', 'not-yours', 'first-time', 'not-applicable', 'held'] as const

export const CodeAnswerSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('good'),
      discount: DiscountSchema,
      /** What the next invoice asks for without it and with it, and when. */
      before: MoneySchema,
      after: MoneySchema,
      at: InstantSchema,
    }),
    z.object({ kind: z.literal('refused'), why: z.enum(codeFaults) }),
  ])
  .meta({ id: 'CodeAnswer' })
export type CodeAnswer = z.infer<typeof CodeAnswerSchema>

/** `GET /api/plan/seats?subscription=…&quantity=…`: what so many seats in all would cost now and change. */
export const SeatsQuestionSchema = z.object({
  subscription: SubscriptionIdSchema,
  quantity: z.coerce.number().int().min(1).max(100_000),
})
export const SeatsAnswerSchema = z
  .object({
    subscription: z.string(),
    key: z.string(),
    /** Seats there are now. */
    held: z.int(),
    /** A change is planned already: more seats than now can be had once it is taken back. */
    planned: PlannedSchema.exactOptional(),
    /** As many as were asked for, but never fewer than are taken. */
    quantity: z.int(),
    /** The fewest there can be. */
    least: z.int(),
    /** Of all of them for one interval. */
    price: MoneySchema,
    interval: IntervalSchema,
    quote: QuoteSchema,
    changes: z.array(TermsChangeSchema).readonly(),
  })
  .readonly()
  .meta({ id: 'SeatsAnswer' })
export type SeatsAnswer = z.infer<typeof SeatsAnswerSchema>
