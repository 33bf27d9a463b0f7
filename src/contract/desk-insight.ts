import { z } from 'zod'
import { DeclineGroupSchema, ReasonSchema } from './diagnosis.ts'
import { InstantSchema, MoneySchema } from './money.ts'

/** `GET /api/desk/insight?days=…&app=…`: the last so many days, whole days of UTC and today so far. */
export const InsightQuerySchema = z.object({
  days: z.enum(['7', '30', '90']).default('30').transform(Number),
  app: z.string().max(64).optional(),
})

/**
 * How far people got. A stop is one account held up by one reason until it was served again, however often the app asked
 * meanwhile; those that the app took back do not count.
 */
const funnel = {
  stops: z.int(),
  /** Somebody opened the portal for it. */
  opened: z.int(),
  /** Somebody tried to mend it there. */
  tried: z.int(),
  /** Served again, after somebody had opened it. */
  fixed: z.int(),
  /** Served again although nobody had. */
  byItself: z.int(),
  /** Went back to the app from here. */
  returned: z.int(),
  /** Seconds from the first refusal to being served again, of those that somebody opened. */
  seconds: z.object({ median: z.number(), ninth: z.number() }).readonly().exactOptional(),
} as const

/** Where somebody who opened it left, more than an hour ago, without its being mended. */
const leftPlaces = ['reading', 'declined', 'bank-check', 'refused', 'changed', 'unclear', 'done'] as const
export type LeftPlace = (typeof leftPlaces)[number]

export const InsightSchema = z
  .object({
    now: InstantSchema,
    since: InstantSchema,
    total: z.object(funnel).readonly(),
    /** The most frequent first. */
    byReason: z.array(z.object({ reason: ReasonSchema, ...funnel }).readonly()).readonly(),
    byApp: z.array(z.object({ app: z.string(), name: z.string(), ...funnel }).readonly()).readonly(),
    /** Of the stops at which a card was declined: how often in all, and how many were mended after all. */
    declines: z
      .array(z.object({ decline: DeclineGroupSchema, tries: z.int(), stops: z.int(), fixed: z.int() }).readonly())
      .readonly(),
    left: z.array(z.object({ at: z.enum(leftPlaces), reason: ReasonSchema, stops: z.int() }).readonly()).readonly(),
    /** What was owed and was paid here, by currency. */
    recovered: z.array(MoneySchema).readonly(),
    /** Invoices that a bank let through here and whose sums are not known: they are not in `recovered`. */
    unsummed: z.int(),
    /** What was bought here to go on: plans, seats, credits. */
    bought: z.array(MoneySchema).readonly(),
  })
  .readonly()
  .meta({ id: 'Insight' })
export type Insight = z.infer<typeof InsightSchema>
export type Funnel = Insight['total']
