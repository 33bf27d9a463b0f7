import { z } from 'zod'
import { CheckIdSchema } from './check.ts'
import { DeclineGroupSchema } from './diagnosis.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { LookupKeySchema } from './offer.ts'
import { VisitSchema } from './visit.ts'

/** What the person was shown and agreed to; the server refuses anything else. */
export const PlanSchema = z
  .strictObject({
    invoices: z.array(z.string()).max(50),
    /** The subscription that goes on: the one to renew, or to resume. */
    subscription: z
      .string()
      .regex(/^sub_\w+$/)
      .exactOptional(),
    /** What is bought, by the lookup key of its price: a plan, a seat more of the plan, a pack of credits. */
    price: LookupKeySchema.exactOptional(),
    /** How many of it there are to be in all. */
    quantity: z.int().min(1).max(100_000).exactOptional(),
    /** The instant up to which the old plan was reckoned when the price was shown. */
    proratedAt: InstantSchema.exactOptional(),
    /** When it is to begin, where that is not at once, and what was shown to be asked for then. */
    later: z
      .strictObject({ at: InstantSchema, due: MoneySchema, goesOn: z.literal(true).exactOptional() })
      .exactOptional(),
    total: MoneySchema.exactOptional(),
  })
  .meta({ id: 'Plan' })
export type Plan = z.infer<typeof PlanSchema>

const visited = { check: CheckIdSchema.exactOptional() }

/** `POST /api/fixes/update-card/setup`: begins saving a card. */
export const SetupRequestSchema = z.strictObject(visited).meta({ id: 'SetupRequest' })
export const SetupAnswerSchema = z
  .object({ setupIntent: z.string(), clientSecret: z.string() })
  .meta({ id: 'SetupAnswer' })

/** The deeds that pay what stands above their button. */
export const PayingFixSchema = z.enum([
  'update-card',
  'pay-invoice',
  'finish-subscribing',
  'renew',
  'resume',
  'choose-plan',
  'add-seats',
  'buy-credits',
])
export type PayingFix = z.infer<typeof PayingFixSchema>

/**
 * `POST /api/fixes/{paying fix}`: pays the plan with a card just saved (`setupIntent`,
 * which is also pinned wherever the old one was) or with a saved method. An empty plan only saves and pins.
 */
export const PayRequestSchema = z
  .strictObject({
    ...visited,
    with: z.union([
      z.strictObject({ setupIntent: z.string().regex(/^seti_\w+$/) }),
      z.strictObject({ method: z.string().regex(/^pm_\w+$/) }),
    ]),
    plan: PlanSchema,
  })
  .meta({ id: 'PayRequest' })
export type PayRequest = z.infer<typeof PayRequestSchema>

/**
 * `POST /api/fixes/confirm-payment` asks for the bank's check (`finished: false`, answered by `confirm`), and afterwards
 * reads what came of it (`finished: true`).
 */
export const ConfirmRequestSchema = z
  .strictObject({ ...visited, invoice: z.string().regex(/^in_\w+$/), finished: z.boolean() })
  .meta({ id: 'ConfirmRequest' })

/** `POST /api/fixes/raise-cap`: the new limit in the cap's currency; without a key the one of the whole account. */
export const RaiseCapRequestSchema = z
  .strictObject({ ...visited, apiKey: z.string().max(128).exactOptional(), limit: MoneySchema })
  .meta({ id: 'RaiseCapRequest' })

/**
 * `POST /api/fixes/billing-details`: only what the person changed; the rest stays as it is, whoever wrote it. Wrong fields
 * are refused one by one (problem `errors`).
 */
export const BillingDetailsRequestSchema = z
  .strictObject({
    ...visited,
    name: z.string().trim().min(1).max(150).exactOptional(),
    address: z
      .strictObject({
        line1: z.string().trim().min(1).max(200),
        line2: z.string().trim().max(200).exactOptional(),
        postal_code: z.string().trim().max(20).exactOptional(),
        city: z.string().trim().max(100).exactOptional(),
        state: z.string().trim().max(100).exactOptional(),
        country: z.string().regex(/^[A-Z]{2}$/, 'a country'),
      })
      .exactOptional(),
    taxId: z.strictObject({ type: z.string().max(20), value: z.string().trim().min(1).max(40) }).exactOptional(),
    removeTaxId: z
      .string()
      .regex(/^txi_\w+$/)
      .exactOptional(),
    /** Where Stripe sends invoices. */
    email: z.email().max(320).exactOptional(),
    /** In which language they are written (BCP 47). */
    language: z
      .string()
      .max(20)
      .regex(/^[a-z]{2,3}(-[A-Za-z\d]{2,4})*$/, 'a language')
      .exactOptional(),
    /** Who else gets our letters about billing. */
    recipient: z
      .union([z.strictObject({ add: z.email().max(320) }), z.strictObject({ remove: z.string().max(320) })])
      .exactOptional(),
  })
  .meta({ id: 'BillingDetailsRequest' })
export type BillingDetailsRequest = z.infer<typeof BillingDetailsRequestSchema>

const NamedInvoiceSchema = z
  .object({ id: z.string(), number: z.string().exactOptional(), amount: MoneySchema })
  .readonly()
export type NamedInvoice = z.infer<typeof NamedInvoiceSchema>

/** Of several invoices, those that were paid before one could not be. */
const PaidBeforeSchema = z.array(NamedInvoiceSchema).readonly()
export type PaidBefore = z.infer<typeof PaidBeforeSchema>

const paid = PaidBeforeSchema.exactOptional()

/**
 * Why Stripe would not even ask a bank: the method cannot pay in this currency, it is gone or unfit, or something that
 * no other method mends.
 */
const RefusedSchema = z.enum(['currency', 'method', 'other'])
export type Refused = z.infer<typeof RefusedSchema>

export const OutcomeSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('done') }),
    /** The bank wants to see the person: go on in the browser with this secret, then report. */
    z.object({
      kind: z.literal('confirm'),
      invoice: z.string(),
      clientSecret: z.string(),
      /** What this one invoice asks for, where there are several. */
      amount: MoneySchema.exactOptional(),
      paid,
    }),
    z.object({ kind: z.literal('declined'), decline: DeclineGroupSchema, sameCardCanWork: z.boolean(), paid }),
    /** Nobody was asked for money, so surely none was taken. */
    z.object({ kind: z.literal('refused'), because: RefusedSchema, paid }),
    z.object({ kind: z.literal('processing'), paid }),
    /**
     * Nobody knows yet whether money moved. Never called a failure, never offered again. Of several invoices: `unclear`
     * is the one it is about, and of `untried` no money was asked for.
     */
    z.object({
      kind: z.literal('unknown'),
      paid,
      unclear: NamedInvoiceSchema.exactOptional(),
      untried: z.array(NamedInvoiceSchema).readonly().exactOptional(),
    }),
    /** What is owed is no longer what was shown; nothing was charged. */
    z.object({ kind: z.literal('stale') }),
  ])
  .meta({ id: 'Outcome' })
export type Outcome = z.infer<typeof OutcomeSchema>

/** Every deed answers with what came of it and with a fresh look at everything. */
export const DeedAnswerSchema = z.object({ outcome: OutcomeSchema, visit: VisitSchema }).meta({ id: 'DeedAnswer' })
export type DeedAnswer = z.infer<typeof DeedAnswerSchema>
