import type { SubscriptionStatus } from '#diagnosis/account.ts'
import { z } from 'zod'
import { IdSchema } from './account.ts'
import { CheckIdSchema } from './check.ts'
import { CountedSchema, FixSchema, IntervalSchema, MethodSchema, ReasonSchema, WarningSchema } from './diagnosis.ts'
import { DeskBlockerSchema } from './desk-blocker.ts'
import { DeskAccountSchema, DeskAppSchema, DeskPersonSchema, MaskedSchema } from './desk-person.ts'
import { EventIdSchema, EventStateSchema } from './event.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { PlannedSchema } from './planned.ts'

/** Which of the portal's screens somebody stands before. */
const ScreenSchema = z.enum([...FixSchema.options, 'ask-admin', 'all-clear', 'app-not-updated'])
export type Screen = z.infer<typeof ScreenSchema>

/** One request that was refused: what was asked for, what was told, and by which rule with which figures. */
const RefusedSchema = z
  .object({
    check: CheckIdSchema,
    at: InstantSchema,
    /** Whether the desk was asked about this very one, or it is the account's newest. */
    pinned: z.boolean(),
    actor: DeskPersonSchema.exactOptional(),
    /** The app asked for somebody to whom the account is none of their business. */
    visitor: z.boolean(),
    feature: z.string().exactOptional(),
    meter: CountedSchema.exactOptional(),
    quantity: z.number().exactOptional(),
    apiKey: z.string().exactOptional(),
    /** What the app believed is wrong, where it said so. */
    said: ReasonSchema.exactOptional(),
    /** False: the app sent the person by its own judgement. */
    refused: z.boolean(),
    reason: ReasonSchema,
    title: z.string(),
    reasons: z.array(ReasonSchema).readonly(),
    /** The blockers as they were judged then, and how old and how good the reading was; absent of older refusals. */
    rule: z
      .object({ blockers: z.array(DeskBlockerSchema).readonly(), asOf: InstantSchema, live: z.boolean() })
      .readonly()
      .exactOptional(),
    /** Whether the same request would be served now; `unknown` where nothing could be read. */
    now: z.enum(['served', 'refused', 'unknown']),
    seen: InstantSchema.exactOptional(),
    returned: InstantSchema.exactOptional(),
    cancelled: InstantSchema.exactOptional(),
  })
  .readonly()
export type Refused = z.infer<typeof RefusedSchema>

/** What somebody sees who opens the portal now: an owner, and whoever was refused. */
const SeenSchema = z
  .object({
    as: z.enum(['owner', 'refused']),
    person: DeskPersonSchema.exactOptional(),
    screen: ScreenSchema,
    /** Of the portal. */
    path: z.string(),
  })
  .readonly()
export type Seen = z.infer<typeof SeenSchema>

/** A member, whether they can mend it, and whether they were asked to. */
const TeamMemberSchema = z
  .object({
    person: DeskPersonSchema,
    canFix: z.boolean(),
    /** Whether a letter would get to them. */
    reachable: z.boolean(),
    /** The newest letter that asked them, by a colleague or by support. */
    asked: z
      .object({
        at: InstantSchema,
        by: z.enum(['colleague', 'support']),
        state: z.enum(['sending', 'sent', 'opened', 'lifted', 'failed']),
      })
      .readonly()
      .exactOptional(),
  })
  .readonly()
export type TeamMember = z.infer<typeof TeamMemberSchema>

const ToldEventSchema = z
  .object({
    id: EventIdSchema,
    type: z.string(),
    at: InstantSchema,
    state: EventStateSchema,
    tries: z.int(),
    /** HTTP status of the last try; absent where none came. */
    status: z.int().exactOptional(),
    error: z.string().exactOptional(),
    nextTry: InstantSchema.exactOptional(),
    allowed: z.boolean().exactOptional(),
    reasons: z.array(ReasonSchema).readonly().exactOptional(),
  })
  .readonly()

/** What the app was told of this account, and whether it answered. */
const ToldSchema = z
  .object({
    /** Whether the app has an address for it at all. */
    webhook: z.boolean(),
    known: z
      .object({ allowed: z.boolean(), reasons: z.array(ReasonSchema).readonly(), asOf: InstantSchema })
      .readonly()
      .exactOptional(),
    /** The newest first. */
    events: z.array(ToldEventSchema).readonly(),
  })
  .readonly()

/** What happens by itself, and when. */
const NextSchema = z
  .object({
    what: z.enum([
      'retry',
      'grace-ends',
      'cancels',
      'trial-ends',
      'changes',
      'renews',
      'first-payment-expires',
      'change-expires',
      'resets',
      'passes',
    ]),
    at: InstantSchema,
    /** The plan's name, the meter's, or the invoice's number. */
    of: z.string().exactOptional(),
    /** What takes the place of the plan, where it changes. */
    to: z.string().exactOptional(),
    money: MoneySchema.exactOptional(),
  })
  .readonly()
export type Next = z.infer<typeof NextSchema>

const SubscriptionSchema = z
  .object({
    id: z.string(),
    plan: z.string(),
    status: z.enum([
      'trialing',
      'active',
      'past_due',
      'unpaid',
      'incomplete',
      'incomplete_expired',
      'paused',
      'canceled',
    ]) satisfies z.ZodType<SubscriptionStatus>,
    standing: z.enum(['full', 'grace', 'stopped', 'ended']),
    quantity: z.int(),
    price: MoneySchema.exactOptional(),
    interval: IntervalSchema.exactOptional(),
    periodEnd: InstantSchema,
    /** What its owner has chosen instead, from then on: nobody takes it back from here. */
    planned: PlannedSchema.exactOptional(),
    /** A schedule at Stripe decides what comes next. */
    scheduled: z.boolean().exactOptional(),
  })
  .readonly()

/** Money may be on its way: nobody is asked to pay again before these are over. `unknown` is not `failed`. */
const PendingSchema = z
  .object({ deed: z.string(), phase: z.enum(['calling', 'confirming', 'unknown']), at: InstantSchema })
  .readonly()
export type Pending = z.infer<typeof PendingSchema>

/** `GET /api/desk/accounts/{app}/{account}?check=…`: why this account gets a 402, from one fresh look. */
export const DeskAnswerSchema = z
  .object({
    /** The server's clock. */
    now: InstantSchema,
    app: DeskAppSchema,
    account: DeskAccountSchema,
    stripe: z
      .object({
        /** Where the facts come from: `mirror` and `none` where Stripe did not answer. */
        source: z.enum(['live', 'mirror', 'none']),
        customer: z.enum(['present', 'deleted', 'none']),
        id: z.string().exactOptional(),
        /** In Stripe's own dashboard. */
        url: z.url().exactOptional(),
        email: MaskedSchema.exactOptional(),
        method: MethodSchema.exactOptional(),
      })
      .readonly(),
    /** About the refused request where one is known, else about the account as such. */
    verdict: z.enum(['clear', 'blocked', 'unchecked']),
    asOf: InstantSchema,
    blockers: z.array(DeskBlockerSchema).readonly(),
    warnings: z.array(z.object({ warning: WarningSchema, title: z.string() }).readonly()).readonly(),
    hold: z.object({ since: InstantSchema, note: z.string().exactOptional() }).readonly().exactOptional(),
    pending: z.array(PendingSchema).readonly(),
    refused: RefusedSchema.exactOptional(),
    sees: z.array(SeenSchema).readonly(),
    team: z.object({ members: z.array(TeamMemberSchema).readonly(), total: z.int() }).readonly(),
    told: ToldSchema,
    next: z.array(NextSchema).readonly(),
    subscriptions: z.array(SubscriptionSchema).readonly(),
    /** Other accounts that share a customer or an address with this one. */
    duplicates: z
      .array(
        z.object({ app: DeskAppSchema, account: DeskAccountSchema, shares: z.enum(['customer', 'email']) }).readonly(),
      )
      .readonly(),
    /** What to send: opens nothing by itself, whoever follows it shows who they are. */
    link: z
      .object({
        url: z.url(),
        screen: ScreenSchema,
        /** The short code of a refusal, good until then. */
        code: z.string().exactOptional(),
        expires: InstantSchema.exactOptional(),
      })
      .readonly(),
  })
  .readonly()
  .meta({ id: 'DeskAnswer' })
export type DeskAnswer = z.infer<typeof DeskAnswerSchema>

export const DeskAccountParamsSchema = z.object({ app: z.string().max(128), account: IdSchema })
export const DeskAnswerQuerySchema = z.object({ check: CheckIdSchema.optional() })
