import { z } from 'zod'
import { CheckIdSchema } from './check.ts'
import { DeskAccountSchema, DeskAppSchema, DeskPersonSchema } from './desk-person.ts'
import { textOf } from './text.ts'

/** What the one field of the desk understands, each exactly: no beginnings, no wildcards, no lists. */
const searchKinds = [
  'code',
  'check',
  'email',
  'account',
  'customer',
  'subscription',
  'subscription-item',
  'invoice',
  'invoice-number',
  'payment',
  'charge',
  'method',
  'event',
  'card',
] as const
const SearchKindSchema = z.enum(searchKinds)
export type SearchKind = z.infer<typeof SearchKindSchema>

/** `POST /api/desk/search`: what is searched for stands in no address and in no log. */
export const DeskSearchRequestSchema = z.strictObject({ query: textOf(4_096).min(1) })

/** `GET` would put it into histories, so it is a question that changes nothing. At most ten accounts. */
export const DeskSearchSchema = z
  .object({
    /** As what it was found; else as what it was looked for, the likeliest first. Empty where nothing fits. */
    kinds: z.array(SearchKindSchema).readonly(),
    matches: z
      .array(
        z
          .object({
            app: DeskAppSchema,
            account: DeskAccountSchema,
            /** The refused request that was meant. */
            check: CheckIdSchema.exactOptional(),
            /** Whose address it is. */
            person: DeskPersonSchema.exactOptional(),
          })
          .readonly(),
      )
      .readonly(),
    /** There are more than are told. */
    more: z.boolean(),
    /** `silent`: Stripe did not answer, so there may be more; `no-search`: invoice numbers cannot be searched there. */
    stripe: z.enum(['asked', 'silent', 'no-search', 'not-needed']),
    /** Stripe knows this customer, and no app has an account of theirs here. */
    customer: z.string().exactOptional(),
    /** A whole card number was typed: it was neither searched for nor kept. */
    wholeCard: z.boolean(),
  })
  .readonly()
  .meta({ id: 'DeskSearch' })
export type DeskSearch = z.infer<typeof DeskSearchSchema>
export type SearchMatch = DeskSearch['matches'][number]
