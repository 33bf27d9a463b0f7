import { z } from 'zod'
import { SessionRoleSchema } from './account.ts'
import { CheckIdSchema } from './check.ts'
import { DeskPersonSchema, MaskedSchema } from './desk-person.ts'
import { DeclineGroupSchema, ReasonSchema } from './diagnosis.ts'
import { EventIdSchema, EventStateSchema } from './event.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { StaffDeedSchema, StaffRoleSchema } from './staff.ts'

/** By what the timeline can be narrowed down. Stripe's news are of the first kind that fits, and all of them came in by webhook. */
export const timelineKinds = [
  'checks',
  'visits',
  'fixes',
  'payments',
  'invoices',
  'subscriptions',
  'usage',
  'letters',
  'links',
  'webhooks-in',
  'webhooks-out',
  'staff',
] as const
export const TimelineKindSchema = z.enum(timelineKinds)
export type TimelineKind = z.infer<typeof TimelineKindSchema>

const optional = <T extends z.ZodType>(schema: T) => schema.exactOptional()
const entry = <W extends string, S extends z.ZodRawShape>(what: W, shape: S) =>
  z
    .object({
      /** Unique within the account. */
      id: z.string(),
      at: InstantSchema,
      kind: TimelineKindSchema,
      /** Something is still to come of it. */
      moving: z.boolean(),
      what: z.literal(what),
      ...shape,
    })
    .readonly()

/** Brand, last digits and expiry: more of a card is kept nowhere. */
const CardSchema = z
  .object({
    brand: optional(z.string()),
    last4: optional(z.string()),
    exp_month: optional(z.int()),
    exp_year: optional(z.int()),
  })
  .readonly()

/** What the bank said, in its own codes. */
const SaidSchema = z
  .object({
    code: z.string(),
    decline_code: optional(z.string()),
    advice_code: optional(z.string()),
    network_advice_code: optional(z.string()),
  })
  .readonly()

const refusal = { check: CheckIdSchema, reported: ReasonSchema, actor: optional(DeskPersonSchema) }

const RefusedSchema = entry('refused', {
  ...refusal,
  /** False where the app sent the person by its own judgement. */
  refused: z.boolean(),
  reasons: z.array(ReasonSchema).readonly(),
  /** What the app said is wrong. */
  told: optional(ReasonSchema),
  feature: optional(z.string()),
  meter: optional(z.string()),
  quantity: optional(z.number()),
  apiKey: optional(z.string()),
  visitor: z.boolean(),
  seen: optional(InstantSchema),
  mended: optional(InstantSchema),
  resolved: optional(InstantSchema),
})
const SettledSchema = entry('settled', {
  ...refusal,
  how: z.enum(['resolved', 'cancelled', 'returned']),
  since: InstantSchema,
})

const person = { person: optional(DeskPersonSchema), guest: optional(z.string()) }

const ArrivedSchema = entry('arrived', {
  ...person,
  role: SessionRoleSchema,
  how: z.enum(['app', 'email', 'letter', 'link']),
  session: z.string(),
})
const ScreenSeenSchema = entry('screen', {
  ...person,
  role: SessionRoleSchema,
  screen: z.string(),
  check: optional(CheckIdSchema),
  session: z.string(),
})

const FixSchema = entry('fix', {
  ...person,
  deed: z.string(),
  /** `trying`: nobody knows yet; `confirming`: the bank wants to see the person. */
  outcome: z.enum(['trying', 'confirming', 'done', 'declined', 'refused', 'processing', 'unknown', 'stale']),
  decline: optional(DeclineGroupSchema),
  sameCardCanWork: optional(z.boolean()),
  said: optional(SaidSchema),
  card: optional(CardSchema),
  amount: optional(MoneySchema),
  invoices: z.array(z.string()).readonly(),
  price: optional(z.string()),
  quantity: optional(z.int()),
  check: optional(CheckIdSchema),
  updated: InstantSchema,
})

const StripeSchema = entry('stripe', {
  event: z.string(),
  type: z.string(),
  received: InstantSchema,
  /** When it was worked off; absent while it waits. */
  done: optional(InstantSchema),
  tries: z.int(),
  error: optional(z.string()),
  object: optional(z.string()),
  object_id: optional(z.string()),
  number: optional(z.string()),
  status: optional(z.string()),
  amount: optional(MoneySchema),
  card: optional(CardSchema),
  said: optional(SaidSchema),
  /** Everything else that is kept of it. */
  about: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).readonly(),
  before: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).readonly(),
  changed: z.array(z.string()).readonly(),
})

const ThresholdSchema = entry('threshold', { meter: z.string(), threshold: z.number(), since: InstantSchema })
const CreditsSchema = entry('credits', {
  how: z.string(),
  /** A decimal number, below zero where credits went. */
  amount: z.string(),
  pack: optional(z.string()),
  invoice: optional(z.string()),
  expires: optional(InstantSchema),
})

const LetterSchema = entry('letter', {
  purpose: z.string(),
  to: MaskedSchema,
  state: z.enum(['queued', 'sent', 'failed']),
  tries: z.int(),
  error: optional(z.string()),
  opened: optional(InstantSchema),
  mail: z.string(),
})

const AskSchema = entry('ask', {
  how: z.enum(['asked', 'opened', 'lifted']),
  asker: DeskPersonSchema,
  asked: DeskPersonSchema,
  check: optional(CheckIdSchema),
})
const GuestLinkSchema = entry('guest-link', {
  how: z.enum(['made', 'opened', 'used', 'revoked']),
  maker: DeskPersonSchema,
  to: optional(MaskedSchema),
  total: MoneySchema,
  link: z.string(),
})

const ToldSchema = entry('told', {
  event: EventIdSchema,
  type: z.string(),
  state: EventStateSchema,
  tries: z.int(),
  nextTry: optional(InstantSchema),
  sequence: optional(z.int()),
  check: optional(CheckIdSchema),
  reasons: optional(z.object({ before: z.array(ReasonSchema), after: z.array(ReasonSchema) })),
  /** Oldest first. */
  deliveries: z
    .array(
      z.object({
        at: InstantSchema,
        status: optional(z.int()),
        error: optional(z.string()),
        excerpt: optional(z.string()),
        milliseconds: z.int(),
      }),
    )
    .readonly(),
})

const StaffActSchema = entry('staff', {
  audit: z.string(),
  deed: StaffDeedSchema,
  name: z.string(),
  role: StaffRoleSchema,
  subject: optional(z.string()),
  reason: optional(z.string()),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).readonly(),
})

export const TimelineEntrySchema = z.discriminatedUnion('what', [
  RefusedSchema,
  SettledSchema,
  ArrivedSchema,
  ScreenSeenSchema,
  FixSchema,
  StripeSchema,
  ThresholdSchema,
  CreditsSchema,
  LetterSchema,
  AskSchema,
  GuestLinkSchema,
  ToldSchema,
  StaffActSchema,
])
export type TimelineEntry = z.infer<typeof TimelineEntrySchema>
export type TimelineWhat = TimelineEntry['what']
export type EntryOf<W extends TimelineWhat> = Extract<TimelineEntry, { what: W }>
