import { z } from 'zod'
import { HoldSchema, IdSchema } from './account.ts'
import { MethodSchema, ReasonSchema } from './diagnosis.ts'
import { InstantSchema, MoneySchema } from './money.ts'
import { StatusSchema } from './overview.ts'
import { StaffReasonSchema } from './staff.ts'
import { textOf } from './text.ts'

/** What stands in the way of an act, as the `message` at the field of the request that it is about. */
export const actRefusals = [
  'not-past-due',
  'too-early',
  'too-late',
  'not-granted',
  'not-offered',
  'over-cap',
  'no-customer',
  'other-currency',
  'unknown-invoice',
  'closed-already',
  'not-held',
] as const
export type ActRefusal = (typeof actRefusals)[number]

/** What staff do to an account: each with a reason that the customer may read, each under the key of its attempt. */
const act = { reason: StaffReasonSchema }

/** `POST …/grace`: plans that are past due run on until then; null takes it back. */
export const GraceActSchema = z.strictObject({ ...act, until: InstantSchema.nullable() })

/** `POST …/goodwill`: credits of ours, or money off the next invoices, in minor units. */
export const GoodwillActSchema = z.strictObject({
  ...act,
  gift: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('credits'), credits: z.int().min(1).max(1_000_000_000) }),
    z.strictObject({
      kind: z.literal('money'),
      amount: z.int().min(1).max(99_999_999),
      currency: z.string().length(3),
    }),
  ]),
})

export const ReReadActSchema = z.strictObject(act)

/** `POST …/revoke-sessions`: everybody is signed out, or all guests, or one person. Guests lose their links too. */
export const RevokeActSchema = z.strictObject({
  ...act,
  who: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.enum(['everybody', 'guests']) }),
    z.strictObject({ kind: z.literal('member'), member: IdSchema }),
  ]),
})

const AboutSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reason'), reason: ReasonSchema }),
  z.strictObject({ kind: z.literal('invoice'), invoice: z.string().regex(/^in_\w{1,255}$/, 'an invoice of Stripe') }),
])
export const NoteIdSchema = z.string().regex(/^not_[\w-]{22}$/, 'a note')

/** `POST …/notes`: never read by the customer. `replaces` is closed by it. */
export const NoteActSchema = z.strictObject({
  ...act,
  about: AboutSchema,
  text: textOf(2_000).min(1),
  replaces: NoteIdSchema.exactOptional(),
})
export const CloseNoteActSchema = z.strictObject(act)

/** `POST …/hold`: `note` is what the customer reads where they would work. */
export const HoldActSchema = z.strictObject({ ...act, note: textOf(500).min(1).exactOptional() })
export const LiftHoldActSchema = z.strictObject(act)

const DeskNoteSchema = z
  .object({
    id: NoteIdSchema,
    about: AboutSchema,
    text: z.string(),
    staff: z.string(),
    at: InstantSchema,
    /** By whom and when, where it is closed. */
    closed: z.object({ staff: z.string(), at: InstantSchema }).readonly().exactOptional(),
    /** The one that took its place. */
    replacedBy: NoteIdSchema.exactOptional(),
  })
  .readonly()
export type DeskNote = z.infer<typeof DeskNoteSchema>

/** `unknown`: Stripe was asked and has not answered; it is never asked for more than once. */
const GiftStateSchema = z.enum(['given', 'unknown', 'refused'])

const GiftSchema = z
  .object({
    id: z.string(),
    at: InstantSchema,
    credits: z.int().exactOptional(),
    money: MoneySchema.exactOptional(),
    state: GiftStateSchema,
  })
  .readonly()

/** `GET …/acts`: what stands of what staff can do, and within which limits. */
export const DeskActsSchema = z
  .object({
    now: InstantSchema,
    grace: z
      .object({
        /** Something is past due, so that more time can be granted. */
        possible: z.boolean(),
        /** When the merchant's own grace ends, at the earliest; `now` where it is over. */
        ends: InstantSchema.exactOptional(),
        /** What support granted, while it holds. */
        until: InstantSchema.exactOptional(),
        /** The latest instant that can be granted now. */
        latest: InstantSchema,
      })
      .readonly(),
    /** Within 30 days; what the merchant does not let be given is absent. */
    goodwill: z
      .object({
        credits: z.object({ most: z.int(), left: z.int() }).readonly().exactOptional(),
        money: z.object({ most: MoneySchema, left: MoneySchema }).readonly().exactOptional(),
        given: z.array(GiftSchema).readonly(),
      })
      .readonly(),
    /** Each is lifted by whoever set it. */
    hold: z.object({ staff: HoldSchema.exactOptional(), app: HoldSchema.exactOptional() }).readonly(),
    /** Who is signed in; for those who may sign them out. */
    signedIn: z
      .object({
        people: z
          .array(z.object({ member: z.string(), name: z.string().exactOptional(), sessions: z.int() }).readonly())
          .readonly(),
        guests: z.int(),
        /** Payment links that still open. */
        links: z.int(),
      })
      .readonly()
      .exactOptional(),
    /** What notes can be pinned to now. */
    about: z
      .object({
        reasons: z.array(ReasonSchema).readonly(),
        invoices: z.array(z.object({ id: z.string(), number: z.string().exactOptional() }).readonly()).readonly(),
      })
      .readonly(),
    /** The newest first; open ones before those that are closed. */
    notes: z.array(DeskNoteSchema).readonly(),
  })
  .readonly()
  .meta({ id: 'DeskActs' })
export type DeskActs = z.infer<typeof DeskActsSchema>

/** What an account looks like now: as read from Stripe just now, unless `live` is false. */
const afterwards = { access: z.boolean(), live: z.boolean() }

const FaceSchema = MethodSchema.unwrap().pick({ kind: true, brand: true, last4: true }).readonly()

/** One thing that is otherwise than when it was last read; what was not there before, or is gone, is absent. */
const ChangeSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('access'), before: z.boolean(), after: z.boolean() }),
  z.object({
    what: z.literal('blockers'),
    before: z.array(ReasonSchema).readonly(),
    after: z.array(ReasonSchema).readonly(),
  }),
  z.object({
    what: z.literal('customer'),
    before: z.enum(['present', 'deleted', 'none']),
    after: z.enum(['present', 'deleted', 'none']),
  }),
  z.object({
    what: z.literal('subscription'),
    plan: z.string(),
    before: StatusSchema.exactOptional(),
    after: StatusSchema.exactOptional(),
  }),
  z.object({
    what: z.literal('invoice'),
    invoice: z.string(),
    /** What is left to be paid of it while it is open. */
    before: MoneySchema.exactOptional(),
    after: MoneySchema.exactOptional(),
  }),
  z.object({ what: z.literal('method'), before: FaceSchema.exactOptional(), after: FaceSchema.exactOptional() }),
])
export type ReadChange = z.infer<typeof ChangeSchema>

const DoneSchema = z.discriminatedUnion('deed', [
  z.object({ deed: z.literal('extend-grace'), until: InstantSchema.nullable(), ...afterwards }),
  z.object({ deed: z.literal('goodwill'), state: GiftStateSchema }),
  z.object({
    deed: z.literal('re-read'),
    ...afterwards,
    /** When it was last read before; absent where it never was. */
    since: InstantSchema.exactOptional(),
    changes: z.array(ChangeSchema).readonly(),
  }),
  z.object({ deed: z.literal('revoke-sessions'), sessions: z.int(), links: z.int() }),
  z.object({ deed: z.literal('note'), id: NoteIdSchema }),
  z.object({ deed: z.literal('hold'), held: z.boolean(), ...afterwards }),
])
export type DeskDone = z.infer<typeof DoneSchema>

export const DeskActDoneSchema = z
  .object({ done: DoneSchema, acts: DeskActsSchema })
  .readonly()
  .meta({ id: 'DeskActDone' })
export type DeskActDone = z.infer<typeof DeskActDoneSchema>
