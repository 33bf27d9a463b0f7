import { z } from 'zod'
import { CheckIdSchema } from './check.ts'
import { DeclineGroupSchema } from './diagnosis.ts'
import { MoneySchema } from './money.ts'
import { VisitSchema } from './visit.ts'

/** What the person was shown and agreed to; the server refuses anything else. */
const PlanSchema = z
  .strictObject({
    invoices: z.array(z.string()).max(50),
    /** The subscription that goes on: the one to renew, or to resume. */
    subscription: z
      .string()
      .regex(/^sub_\w+$/)
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
export const PayingFixSchema = z.enum(['update-card', 'pay-invoice', 'finish-subscribing', 'renew', 'resume'])
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

export const OutcomeSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('done') }),
    /** The bank wants to see the person: go on in the browser with this secret, then report. */
    z.object({ kind: z.literal('confirm'), invoice: z.string(), clientSecret: z.string() }),
    z.object({ kind: z.literal('declined'), decline: DeclineGroupSchema, sameCardCanWork: z.boolean() }),
    z.object({ kind: z.literal('processing') }),
    /** Nobody knows yet whether money moved. Never called a failure, never offered again. */
    z.object({ kind: z.literal('unknown') }),
    /** What is owed is no longer what was shown; nothing was charged. */
    z.object({ kind: z.literal('stale') }),
  ])
  .meta({ id: 'Outcome' })
export type Outcome = z.infer<typeof OutcomeSchema>

/** Every deed answers with what came of it and with a fresh look at everything. */
export const DeedAnswerSchema = z.object({ outcome: OutcomeSchema, visit: VisitSchema }).meta({ id: 'DeedAnswer' })
export type DeedAnswer = z.infer<typeof DeedAnswerSchema>
