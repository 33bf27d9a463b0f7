import { z } from 'zod'
import { PayerSchema } from './ask.ts'
import { PayRequestSchema } from './deed.ts'
import { MethodSchema } from './diagnosis.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { place } from './place.ts'

const MethodIdSchema = z.string().regex(/^pm_\w+$/)

/** A plan and what it is charged to. */
const ChargedPlanSchema = z
  .object({
    subscription: z.string(),
    plan: z.string(),
    /** ISO 4217, in small letters. */
    currency: z.string().exactOptional(),
    /** It has this method of its own; otherwise it is charged to whatever the account's default is. */
    own: z.boolean(),
    /** What is charged by itself next; left out where nothing more is, the amount where usage decides. */
    next: z.object({ at: InstantSchema, amount: MoneySchema.exactOptional() }).readonly().exactOptional(),
  })
  .readonly()
export type ChargedPlan = z.infer<typeof ChargedPlanSchema>

const SavedMethodSchema = z
  .object({
    method: MethodSchema,
    isDefault: z.boolean(),
    /** The first instant at which the card is no longer good, and what that means now: soon is within sixty days. */
    expires: InstantSchema.exactOptional(),
    expiry: z.enum(['good', 'soon', 'over']),
    /** Stripe's word for the wallet that it came from: `apple_pay`. */
    wallet: z.string().exactOptional(),
    bank: z.string().exactOptional(),
    /** Of a Link account. */
    email: z.string().exactOptional(),
    /** Whether it can be charged; expired and blocked ones cannot. */
    usable: z.boolean(),
    plans: z.array(ChargedPlanSchema).readonly(),
    /** Credits that buy themselves are charged to it. */
    recharges: z.boolean(),
    /** A payment from it is on its way: that much, and until then it stays. */
    paying: MoneySchema.exactOptional(),
    /**
     * `free`: nothing is charged to it. `hand-over`: another one has to take its place. `add-first`: there is no other
     * one. `in-flight`: a payment from it is on its way.
     */
    removal: z.enum(['free', 'hand-over', 'add-first', 'in-flight']),
    /** Whether it may be agreed on as the backup: it can be charged, answers at once, and something else is charged. */
    backs: z.boolean(),
  })
  .readonly()
export type SavedMethod = z.infer<typeof SavedMethodSchema>

/** A bank account that is not ready yet (https://docs.stripe.com/payments/ach-direct-debit/set-up-payment). */
const AwaitedSchema = z
  .object({
    setupIntent: z.string(),
    method: MethodSchema.exactOptional(),
    bank: z.string().exactOptional(),
    /** Its owner names a code, or two amounts in cents, that Stripe sends there; or the bank is still looking. */
    proof: z.enum(['code', 'amounts', 'none']),
    /** When the deposit is expected. */
    arrives: InstantSchema.exactOptional(),
  })
  .readonly()
export type Awaited = z.infer<typeof AwaitedSchema>

/** `GET /api/payment-methods`. */
export const MethodsPageSchema = z
  .object({
    ...place,
    asOf: InstantSchema,
    /** `live`: read just now. `mirror`: an older reading of what is charged, not of what is saved. `none`: unknown. */
    source: z.enum(['live', 'mirror', 'none']),
    /** Whether this person may see them: a member sees who can. */
    shown: z.boolean(),
    /** The others who may change them. */
    payers: z.array(PayerSchema).readonly(),
    /** The default first, then what is charged, then the newest. */
    methods: z.array(SavedMethodSchema).readonly(),
    awaited: z.array(AwaitedSchema).readonly(),
    /** Plans for which there is nothing to charge. */
    uncovered: z.array(ChargedPlanSchema).readonly(),
    /** What is charged when an automatic charge is declined, since when and by whose word. */
    backup: z
      .object({ method: z.string(), given: InstantSchema, by: z.string().exactOptional() })
      .readonly()
      .exactOptional(),
  })
  .readonly()
  .meta({ id: 'PaymentMethods' })
export type MethodsPage = z.infer<typeof MethodsPageSchema>

const SubscriptionIdSchema = z.string().regex(/^sub_\w+$/)
const SetupIdSchema = z.string().regex(/^seti_\w+$/)

/**
 * `POST /api/payment-methods/assign`: a saved method, or one that was just saved, is charged from now on: as the
 * account's default, and for plans that have a method of their own. With neither it is only kept.
 */
export const AssignRequestSchema = z
  .strictObject({
    with: PayRequestSchema.shape.with,
    isDefault: z.boolean(),
    plans: z.array(SubscriptionIdSchema).max(100),
  })
  .meta({ id: 'AssignMethodRequest' })
export type AssignRequest = z.infer<typeof AssignRequestSchema>

/**
 * `POST /api/payment-methods/remove`: `plans` are those that the person was told are charged to it, `instead` what is
 * charged from then on.
 */
export const RemoveRequestSchema = z
  .strictObject({
    method: MethodIdSchema,
    plans: z.array(SubscriptionIdSchema).max(100),
    instead: MethodIdSchema.exactOptional(),
  })
  .meta({ id: 'RemoveMethodRequest' })
export type RemoveRequest = z.infer<typeof RemoveRequestSchema>

/** `POST /api/payment-methods/verify`: what stood in the bank statement; amounts are in cents. */
export const VerifyRequestSchema = z
  .strictObject({
    setupIntent: SetupIdSchema,
    proof: z.union([
      z.strictObject({ code: z.string().regex(/^SM\w{4}$/i, 'six characters that begin with SM') }),
      z.strictObject({ amounts: z.tuple([z.int().min(1).max(99), z.int().min(1).max(99)]) }),
    ]),
  })
  .meta({ id: 'VerifyMethodRequest' })
export type VerifyRequest = z.infer<typeof VerifyRequestSchema>

/** `over`: too many wrong tries, or too late; the account has to be added anew. */
export const VerifyAnswerSchema = z
  .object({ kind: z.enum(['verified', 'wrong', 'over']) })
  .meta({ id: 'VerifyMethodAnswer' })
export type VerifyAnswer = z.infer<typeof VerifyAnswerSchema>

/** `POST /api/payment-methods/abandon`: a bank account that is not to be verified any more. */
export const AbandonRequestSchema = z.strictObject({ setupIntent: SetupIdSchema }).meta({ id: 'AbandonMethodRequest' })

/**
 * `POST /api/payment-methods/backup`: this method is charged when an automatic charge to another one is declined. `covers`
 * are those that the person was told of: what is charged by itself now.
 */
export const BackupRequestSchema = z
  .strictObject({ method: MethodIdSchema, covers: z.array(MethodIdSchema).max(100) })
  .meta({ id: 'BackupMethodRequest' })
export type BackupRequest = z.infer<typeof BackupRequestSchema>

/** `stale`: something else is charged by now. `unfit`: the method is gone, or cannot be a backup. Nothing was agreed then. */
export const BackupAnswerSchema = z.object({ kind: z.enum(['agreed', 'stale', 'unfit']) }).meta({ id: 'BackupAnswer' })
export type BackupAnswer = z.infer<typeof BackupAnswerSchema>
