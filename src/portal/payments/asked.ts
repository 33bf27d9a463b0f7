import { OutcomeSchema, PayingFixSchema, PayRequestSchema, type Plan } from '#contract/deed.ts'
import { MoneySchema } from '#contract/money.ts'
import { renew } from '#portal/api/attempt.ts'
import { z } from 'zod'
import type { Situation } from './situation.ts'

/** What the last answer, that nobody knows, said about several invoices. */
const told = OutcomeSchema.exactOptional()

const AskedSchema = z.discriminatedUnion('deed', [
  z.object({
    deed: PayingFixSchema,
    wish: PayRequestSchema.pick({ with: true, plan: true }),
    told,
  }),
  z.object({
    told,
    deed: z.enum(['confirm-payment/begin', 'confirm-payment/finish']),
    invoice: z.string(),
    /** What is paid by it, where the bank asks in the middle of another deed. */
    total: MoneySchema.exactOptional(),
  }),
])

/** A request about money that has been sent. Repeated as it is, under its own key, it only tells what came of it. */
export type Asked = z.infer<typeof AskedSchema>

/** What was asked and has not been answered; outlives a reload. */
export function unanswered(check: string | undefined): Asked | undefined {
  const kept = sessionStorage.getItem(nameOf(check))
  return kept === null ? undefined : AskedSchema.safeParse(JSON.parse(kept)).data
}

/** Where the unanswered question stands: with what its last answer told, nobody knows more. */
export function openQuestion(check: string | undefined): Situation {
  const asked = unanswered(check)
  if (!asked) return { kind: 'idle' }
  return asked.told?.kind === 'unknown' ? asked.told : { kind: 'unknown' }
}

/** What was being bought when the page went away, while nobody knows what came of it. */
export function wantedBefore(check: string | undefined): Plan | undefined {
  const asked = unanswered(check)
  return asked && 'wish' in asked ? asked.wish.plan : undefined
}

export function keepAsked(check: string | undefined, asked: Asked): void {
  sessionStorage.setItem(nameOf(check), JSON.stringify(asked))
}

/** Answered. */
export function dropAsked(check: string | undefined): void {
  sessionStorage.removeItem(nameOf(check))
}

/** The account itself has told what came of it: whatever is done next is another intention. */
export function settleAsked(check: string | undefined): void {
  const asked = unanswered(check)
  if (asked) renew({ deed: asked.deed, check })
  dropAsked(check)
}

function nameOf(check: string | undefined): string {
  return `asked:${check ?? ''}`
}
