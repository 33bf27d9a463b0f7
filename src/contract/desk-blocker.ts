import { z } from 'zod'
import { BlockerSchema, DeclineGroupSchema, MethodSchema } from './diagnosis.ts'
import { InstantSchema, MoneySchema } from './money.ts'

/** What a bank last said to a charge, as it said it. `secret`: the customer must not be told this code. */
const ChargeErrorSchema = z
  .object({
    code: z.string(),
    declineCode: z.string().exactOptional(),
    adviceCode: z.string().exactOptional(),
    networkAdviceCode: z.string().exactOptional(),
    secret: z.boolean(),
    group: DeclineGroupSchema,
    act: z.enum(['other-card', 'same-card-later', 'call-bank', 'retype', 'confirm', 'wait', 'contact-us']),
    sameCardCanWork: z.boolean(),
    /** Of the card that was tried. */
    method: MethodSchema.exactOptional(),
  })
  .readonly()

/** An open invoice of a blocker, and how its payment stands. */
const ChargeSchema = z
  .object({
    invoice: z.string(),
    number: z.string().exactOptional(),
    remaining: MoneySchema,
    due: InstantSchema,
    state: z.enum([
      'none',
      'requires_payment_method',
      'requires_confirmation',
      'requires_action',
      'processing',
      'requires_capture',
      'succeeded',
      'canceled',
    ]),
    error: ChargeErrorSchema.exactOptional(),
    /** When Stripe tries again by itself. */
    nextAttempt: InstantSchema.exactOptional(),
  })
  .readonly()
export type Charge = z.infer<typeof ChargeSchema>

/** A blocker in the words of the refusal, with its evidence. */
export const DeskBlockerSchema = z
  .object({
    blocker: BlockerSchema,
    title: z.string(),
    sentence: z.string(),
    charges: z.array(ChargeSchema).readonly(),
  })
  .readonly()
export type DeskBlocker = z.infer<typeof DeskBlockerSchema>
