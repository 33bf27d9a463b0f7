import { z } from 'zod'
import { InstantSchema } from './money.ts'
import { AppSchema } from './visit.ts'

/** `POST /api/step-up`: a code to the member's own address. */
export const StepUpBegunSchema = z
  .discriminatedUnion('kind', [
    /** `to` is told only in outline, such as `k•••@acme.example`. */
    z.object({ kind: z.literal('sent'), to: z.string(), expires: InstantSchema }),
    /** No letter can reach this person: a fresh way in from the app is proof as well. */
    z.object({ kind: z.literal('no_letter'), app: AppSchema }),
  ])
  .meta({ id: 'StepUpBegun' })
export type StepUpBegun = z.infer<typeof StepUpBegunSchema>

/** `POST /api/step-up/confirm`. */
export const StepUpAnswerSchema = z
  .discriminatedUnion('kind', [
    /** For ten minutes, in this browser. */
    z.object({ kind: z.literal('proved') }),
    z.object({ kind: z.literal('wrong'), left: z.int() }),
    /** Tried too often. */
    z.object({ kind: z.literal('spent') }),
    /** Too old, used, or replaced by a newer one. */
    z.object({ kind: z.literal('expired') }),
  ])
  .meta({ id: 'StepUpAnswer' })
export type StepUpAnswer = z.infer<typeof StepUpAnswerSchema>
