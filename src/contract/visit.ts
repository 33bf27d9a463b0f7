import { z } from 'zod'
import { SessionRoleSchema } from './account.ts'
import { AskSchema, PayerSchema } from './ask.ts'
import { CheckIdSchema } from './check.ts'
import { DebtSchema, DiagnosisSchema, MethodSchema, ReasonSchema } from './diagnosis.ts'
import { InstantSchema } from './money.ts'
import { QuoteSchema } from './offer.ts'

export const AppSchema = z.object({ id: z.string(), name: z.string(), url: z.string() }).readonly()
/** Whose pages these are, where no more is known yet. */
export const MerchantSchema = z.object({ name: z.string(), supportUrl: z.string().exactOptional() }).readonly()
export const NamedAccountSchema = z.object({ id: z.string(), label: z.string() }).readonly()

/** Everything a screen needs, in one answer: `GET /api/visit?check=…`. */
export const VisitSchema = z
  .object({
    /** The server's clock. */
    now: InstantSchema,
    merchant: z
      .object({
        name: z.string(),
        supportUrl: z.string().exactOptional(),
        /** Where the merchant says whether everything runs. */
        statusUrl: z.string().exactOptional(),
      })
      .readonly(),
    account: NamedAccountSchema,
    app: AppSchema,
    member: z.object({ id: z.string(), name: z.string().exactOptional(), role: SessionRoleSchema }).readonly(),
    mayPay: z.boolean(),
    /** The others who may: to be asked. */
    payers: z.array(PayerSchema).readonly(),
    /** The newest request of this person to a colleague that still stands. */
    ask: AskSchema.exactOptional(),
    /** Only for whoever holds a guest link: what it is about, and whether it can still be paid. */
    guest: z
      .object({
        state: z.enum(['open', 'paid', 'settled', 'changed', 'revoked', 'expired']),
        debt: DebtSchema,
        keepsCard: z.boolean(),
        by: z.string().exactOptional(),
        note: z.string().exactOptional(),
      })
      .readonly()
      .exactOptional(),
    check: z
      .object({
        id: CheckIdSchema,
        /** What the app said; the diagnosis may know better. */
        reported: ReasonSchema,
        feature: z.string().exactOptional(),
        /** When the app was refused. */
        at: InstantSchema.exactOptional(),
        /** What blocked then, in the order of treatment: what of it is gone is done. */
        reasons: z.array(ReasonSchema).readonly().exactOptional(),
        /** How often this person was sent back for this in the last ten minutes. */
        returns: z.int(),
      })
      .readonly()
      .exactOptional(),
    diagnosis: DiagnosisSchema,
    /** What going on with that subscription charges now, taxes included: the sum that `renew` and `resume` are sent. */
    goOn: z.object({ subscription: z.string(), quote: QuoteSchema }).readonly().exactOptional(),
    /** Saved methods, the one charged by default first. */
    methods: z.array(MethodSchema).readonly(),
    /** Of the billing address, ISO 3166-1 alpha-2: the card fields open with it. */
    country: z.string().exactOptional(),
    /** A card that was being saved when the page went away: its bank check can go on, or is over and it is `saved`. */
    unfinished: z
      .object({
        setupIntent: z.string(),
        clientSecret: z.string(),
        saved: z.boolean(),
        method: MethodSchema.exactOptional(),
      })
      .readonly()
      .exactOptional(),
    stripe: z.object({ publishableKey: z.string(), script: z.url(), sandbox: z.boolean() }).readonly(),
  })
  .readonly()
  .meta({ id: 'Visit' })
export type Visit = z.infer<typeof VisitSchema>

/** `POST /api/session/exchange`. `accept` is the person's word, needed when the link is not fresh or would switch accounts. */
export const ExchangeRequestSchema = z
  .strictObject({ ticket: z.string().max(8_192), accept: z.boolean().default(false) })
  .meta({ id: 'ExchangeRequest' })

const merchant = MerchantSchema

/** The browser's session is another account's: it may be told of both, and its person says whether to go over. */
export const SwitchSchema = z.object({
  kind: z.literal('switch'),
  merchant,
  from: NamedAccountSchema,
  account: NamedAccountSchema,
  app: AppSchema,
})

export const ExchangeAnswerSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('entered'), check: CheckIdSchema.exactOptional() }),
    /** An older link: name the account and wait for a click. `ask`: a colleague's letter, and whom it was sent to. */
    z.object({
      kind: z.literal('continue'),
      merchant,
      account: NamedAccountSchema,
      app: AppSchema,
      ask: z.object({ from: z.string().exactOptional(), to: z.string().exactOptional() }).exactOptional(),
    }),
    SwitchSchema,
    z.object({ kind: z.literal('used'), merchant, app: AppSchema }),
    z.object({ kind: z.literal('expired'), merchant, app: AppSchema }),
    z.object({ kind: z.literal('invalid'), merchant }),
  ])
  .meta({ id: 'ExchangeAnswer' })
export type ExchangeAnswer = z.infer<typeof ExchangeAnswerSchema>

/** `POST /api/return`: the way back, given only when a fresh check says yes. */
export const ReturnAnswerSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('go'), url: z.string(), notice: z.enum(['none', 'return_not_registered']) }),
    z.object({ kind: z.literal('still_blocked') }),
  ])
  .meta({ id: 'ReturnAnswer' })
export type ReturnAnswer = z.infer<typeof ReturnAnswerSchema>
