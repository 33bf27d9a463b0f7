import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import type { Happening } from '#server/store/timeline.ts'
import type { Telling } from './timeline-entries.ts'

/** How far an event of Stripe's was worked off. */
export type StripeState = { readonly done?: number; readonly tries: number; readonly error?: string }

const absent = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined)
const text = z.string()

export const CardSchema = z
  .object({
    brand: absent(text),
    last4: absent(text),
    exp_month: absent(z.number()),
    exp_year: absent(z.number()),
  })
  .transform((card) => compact(card))

export const SaidSchema = z
  .object({
    code: text,
    decline_code: absent(text),
    advice_code: absent(text),
    network_advice_code: absent(text),
  })
  .transform((said) => compact(said))

const Plain = z.union([z.string(), z.number(), z.boolean()])

const News = z.object({
  id: text,
  type: text,
  received: z.coerce.number(),
  about: z.looseObject({
    object: text.optional(),
    id: text.optional(),
    number: text.optional(),
    status: text.optional(),
    currency: text.optional(),
    card: CardSchema.optional(),
    previous: z.record(text, Plain).optional().catch(undefined),
    changed: z.array(text).optional(),
  }),
  said: absent(SaidSchema),
})

/** Which of an object's sums its event is about; the first that it has. */
const sums = ['amount_remaining', 'amount_due', 'amount', 'total'] as const
/** Where the whole is what matters: what was paid is nowhere remaining. */
const paidSums = ['amount_paid', 'amount', 'total'] as const

/** What Stripe said happened: a hint to the portal, and as such told. */
export function stripeEntry(data: Happening['data'], states: ReadonlyMap<string, StripeState>): Telling {
  const { id, type, received, about, said } = News.parse(data)
  const { object, id: objectId, number, status, currency, card, previous, changed, ...rest } = about
  const state = states.get(id) ?? { tries: 0, done: received }
  const own = (status === 'paid' ? paidSums : sums).find((name) => typeof rest[name] === 'number')
  const amount = own && currency !== undefined ? { amount: Number(rest[own]), currency } : undefined
  const plain = Object.entries(rest).flatMap(([name, value]) => {
    const read = Plain.safeParse(value)
    return read.success ? [[name, read.data] as const] : []
  })
  return {
    what: 'stripe',
    event: id,
    type,
    received,
    tries: state.tries,
    moving: state.done === undefined,
    about: Object.fromEntries(plain),
    before: previous ?? {},
    changed: changed ?? [],
    ...compact({
      object,
      object_id: objectId,
      number,
      status,
      amount,
      card,
      said,
      done: state.done,
      error: state.error,
    }),
  }
}
