import type { TermsChange } from '#diagnosis/compare-terms.ts'
import { z } from 'zod'
import { CountedSchema, IntervalSchema } from './diagnosis.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { PlannedSchema } from './planned.ts'

/** Stripe's lookup key of a price: the name by which the merchant's configuration knows it. */
export const LookupKeySchema = z.string().min(1).max(200)

/**
 * It begins then, with the next period: nothing is charged before, and what is paid for stays until then. `due` is what the
 * invoice of that day would ask for as things stand; it is sent back with the plan.
 */
const LaterSchema = z
  .object({
    at: InstantSchema,
    due: MoneySchema,
    credit: MoneySchema.exactOptional(),
    tax: MoneySchema.exactOptional(),
    /** The plan was to end then, and by this choice it goes on instead. */
    goesOn: z.literal(true).exactOptional(),
  })
  .readonly()

/**
 * What a deed would charge now, reckoned by the code that charges it. `due` may be zero; `credit` is what is left over
 * and counts towards later invoices. `proratedAt` belongs to the price: it is sent back with the plan.
 */
export const QuoteSchema = z
  .object({
    due: MoneySchema,
    credit: MoneySchema.exactOptional(),
    tax: MoneySchema.exactOptional(),
    proratedAt: InstantSchema.exactOptional(),
    later: LaterSchema.exactOptional(),
    /** It is billed in another rhythm, so a new period begins with the change; a trial runs on to its day. */
    newPeriod: z.literal(true).exactOptional(),
    /** A trial: nothing is billed before this instant. */
    trialEnd: InstantSchema.exactOptional(),
    /** The plan is set to end, and stays so. */
    stillEnds: z.literal(true).exactOptional(),
  })
  .readonly()
  .meta({ id: 'Quote' })
export type Quote = z.infer<typeof QuoteSchema>

const limit = z.object({ included: z.number(), hard: z.boolean() }).readonly().exactOptional()
const rate = z.object({ limit: z.int(), seconds: z.int() }).readonly().exactOptional()

/** What an account would gain or lose by another plan, compared with everything it has. */
export const TermsChangeSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('feature'), feature: z.string(), gained: z.boolean() }),
    z.object({
      kind: z.literal('limit'),
      meter: CountedSchema,
      before: limit,
      after: limit,
      /** In this period so far, where that is known. */
      used: z.number().exactOptional(),
      resets: InstantSchema.exactOptional(),
    }),
    z.object({
      kind: z.literal('seats'),
      before: z.int().exactOptional(),
      after: z.int().exactOptional(),
      used: z.int().exactOptional(),
    }),
    z.object({ kind: z.literal('rate'), meter: CountedSchema, before: rate, after: rate }),
  ])
  .readonly()
  .meta({ id: 'TermsChange' }) satisfies z.ZodType<TermsChange>

const PlanOfferSchema = z
  .object({
    key: LookupKeySchema,
    name: z.string(),
    /** For one interval and the quantity below. */
    price: MoneySchema,
    interval: IntervalSchema,
    quantity: z.int(),
    features: z.array(z.string()).readonly(),
    limits: z
      .array(z.object({ meter: z.string(), name: z.string(), unit: z.string(), included: z.number() }).readonly())
      .readonly(),
    seats: z.int().exactOptional(),
    /** The account has it now. */
    current: z.boolean(),
    /** It would lift what blocks this visit. */
    helps: z.boolean(),
    /** The living subscription that it would replace; absent where a new one begins. */
    subscription: z.string().exactOptional(),
    quote: QuoteSchema,
    /** What becomes of limits and access; nothing where it is the plan they have. */
    changes: z.array(TermsChangeSchema).readonly(),
  })
  .readonly()
  .meta({ id: 'PlanOffer' })
export type PlanOffer = z.infer<typeof PlanOfferSchema>

const PackOfferSchema = z
  .object({ key: LookupKeySchema, name: z.string(), credits: z.int(), quote: QuoteSchema, helps: z.boolean() })
  .readonly()
  .meta({ id: 'PackOffer' })
export type PackOffer = z.infer<typeof PackOfferSchema>

const SeatOfferSchema = z
  .object({
    subscription: z.string(),
    key: LookupKeySchema,
    /** Seats in all, this one included. */
    quantity: z.int(),
    price: MoneySchema,
    interval: IntervalSchema,
    quote: QuoteSchema,
  })
  .readonly()
  .meta({ id: 'SeatOffer' })
export type SeatOffer = z.infer<typeof SeatOfferSchema>

/** Credits that buy themselves. Amounts in the pack's currency; `threshold` in credits. */
export const AutoRechargeSchema = z
  .object({
    on: z.boolean(),
    pack: LookupKeySchema,
    threshold: z.int().min(0).max(1_000_000_000),
    monthly: MoneySchema,
  })
  .readonly()
  .meta({ id: 'AutoRecharge' })
export type AutoRecharge = z.infer<typeof AutoRechargeSchema>

const CapOfferSchema = z
  .object({
    apiKey: z.string().exactOptional(),
    limit: MoneySchema,
    spent: MoneySchema,
    resets: InstantSchema.exactOptional(),
    /** The merchant allows no more than this. */
    most: MoneySchema.exactOptional(),
    /** Sensible next steps, ascending, all above what is spent. */
    suggested: z.array(MoneySchema).readonly(),
  })
  .readonly()
  .meta({ id: 'CapOffer' })
export type CapOffer = z.infer<typeof CapOfferSchema>

/** `GET /api/offers?check=…&seats=…`: every way out that can be bought or set, with its price. Payers only. */
export const OffersSchema = z
  .object({
    plans: z.array(PlanOfferSchema).readonly(),
    packs: z.array(PackOfferSchema).readonly(),
    seats: SeatOfferSchema.exactOptional(),
    /** A change that is planned already: what costs more can be had once it is taken back. */
    planned: PlannedSchema.unwrap()
      .extend({ subscription: z.string(), key: LookupKeySchema.exactOptional() })
      .readonly()
      .exactOptional(),
    caps: z.array(CapOfferSchema).readonly(),
    autoRecharge: AutoRechargeSchema.exactOptional(),
  })
  .readonly()
  .meta({ id: 'Offers' })
export type Offers = z.infer<typeof OffersSchema>
