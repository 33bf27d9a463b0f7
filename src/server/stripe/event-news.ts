import { compact } from '#diagnosis/compact.ts'
import { z } from 'zod'
import type { StripeNews } from '#server/store/stripe-news.ts'

/** Where an event belongs, by how its type begins; the first that fits. */
const kinds: readonly (readonly [string, StripeNews['kind']])[] = [
  ['invoice', 'invoice'],
  ['credit_note.', 'invoice'],
  ['customer.subscription.', 'subscription'],
  ['subscription_schedule.', 'subscription'],
  ['payment_intent.', 'payment'],
  ['payment_method.', 'payment'],
  ['setup_intent.', 'payment'],
  ['charge.', 'payment'],
  ['refund.', 'payment'],
]

/** What may be kept, of whatever object it is: ids, states, sums and instants. Nothing that a person typed. */
const texts = ['object', 'id', 'status', 'currency', 'number', 'billing_reason', 'reason', 'collection_method'] as const
const numbers = [
  'amount',
  'amount_due',
  'amount_paid',
  'amount_remaining',
  'amount_refunded',
  'total',
  'attempt_count',
  'next_payment_attempt',
  'due_date',
  'cancel_at',
  'trial_end',
  'ended_at',
] as const
const flags = ['cancel_at_period_end', 'paid', 'refunded', 'disputed'] as const

const text = z.string().max(200).optional().catch(undefined)
const number = z.number().optional().catch(undefined)
const flag = z.boolean().optional().catch(undefined)
const fields = <K extends string, S extends z.ZodType>(names: readonly K[], schema: S) =>
  Object.fromEntries(names.map((name) => [name, schema])) as Record<K, S>

const Plain = z.object({ ...fields(texts, text), ...fields(numbers, number), ...fields(flags, flag) })

const Card = z.object({ brand: text, last4: z.string().length(4), exp_month: number, exp_year: number })
const Faced = z.object({ card: Card }).transform(({ card }) => card)

const BankError = z
  .object({ code: text, decline_code: text, advice_code: text, network_advice_code: text })
  .transform((said) => filled({ ...said }))
const ChargeError = z
  .object({
    failure_code: text,
    outcome: z.object({ reason: text, advice_code: text, network_advice_code: text }).nullish().catch(undefined),
  })
  .transform(({ failure_code: code, outcome }) =>
    filled({
      code,
      decline_code: outcome?.reason,
      advice_code: outcome?.advice_code,
      network_advice_code: outcome?.network_advice_code,
    }),
  )

const Items = z.object({
  data: z.array(
    z.object({
      quantity: number,
      current_period_end: number,
      price: z.object({ lookup_key: text, unit_amount: number, currency: text }).optional().catch(undefined),
    }),
  ),
})

const Shown = z.looseObject({ id: text, object: text })

/**
 * What is kept of an event: where it belongs, when it happened, and of its object what support may see. Of a card that is
 * brand, last digits and expiry; of a customer nothing but which fields changed. `now` stands for a time that is missing.
 */
export function newsOf(
  event: { type: string; created?: number; data: { object: object; previous_attributes?: object } },
  now: number,
): StripeNews {
  const { object, previous_attributes: previous } = event.data
  const kind = kinds.find(([beginning]) => event.type.startsWith(beginning))?.[1] ?? 'other'
  const at = z.number().int().safeParse(event.created).data ?? now
  const said = saidBy(object)
  return { kind, at, about: aboutOf(object, previous), ...(said && { said }) }
}

function aboutOf(object: object, previous: object | undefined): Readonly<Record<string, unknown>> {
  const shown = Shown.safeParse(object).data ?? {}
  if (shown.object === 'customer') {
    return filled({ object: 'customer', id: shown.id, changed: previous && Object.keys(previous).slice(0, 20) })
  }
  return filled({
    ...Plain.safeParse(object).data,
    subscription: referenceIn(object, 'subscription') ?? subscriptionOf(object),
    invoice: referenceIn(object, 'invoice'),
    payment_intent: referenceIn(object, 'payment_intent'),
    card: cardOf(object),
    ...planOf(object),
    previous: previous && Plain.safeParse(previous).success ? filled({ ...Plain.parse(previous) }) : undefined,
    changed: previous && Object.keys(previous).slice(0, 20),
  })
}

function planOf(object: object) {
  const items = Items.safeParse((object as { items?: unknown }).items).data?.data
  const [item] = items ?? []
  return item && { plan: item.price?.lookup_key, quantity: item.quantity, period_end: item.current_period_end }
}

function subscriptionOf(object: object): string | undefined {
  const Parent = z.object({ parent: z.object({ subscription_details: z.object({ subscription: z.unknown() }) }) })
  const details = Parent.safeParse(object).data?.parent.subscription_details
  return details && referenceIn(details, 'subscription')
}

/** Stripe's id of another object, whether it is expanded or not. */
function referenceIn(object: object, name: string): string | undefined {
  const value = (object as Record<string, unknown>)[name]
  const Reference = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])
  return Reference.safeParse(value).data?.slice(0, 100)
}

function cardOf(object: object) {
  const { payment_method_details: charged, last_payment_error: paid, last_setup_error: saved } = object as Troubled
  const places = [object, charged, paid?.payment_method, saved?.payment_method]
  const card = places.map((place) => Faced.safeParse(place).data).find((found) => found !== undefined)
  return card && filled({ ...card })
}

type Troubled = {
  readonly payment_method_details?: unknown
  readonly last_payment_error?: { readonly payment_method?: unknown } | null
  readonly last_setup_error?: { readonly payment_method?: unknown } | null
}

function saidBy(object: object): Readonly<Record<string, string>> | undefined {
  const { last_payment_error: paid, last_setup_error: saved } = object as Troubled
  const said = BankError.safeParse(paid ?? saved).data ?? ChargeError.safeParse(object).data ?? {}
  const told = said['code'] === undefined ? {} : said
  return Object.keys(told).length > 0 ? (told as Record<string, string>) : undefined
}

/** Without what is not there. */
function filled(value: Record<string, unknown>): Readonly<Record<string, unknown>> {
  return compact(value)
}
