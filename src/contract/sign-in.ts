import { z } from 'zod'
import { IdSchema } from './account.ts'
import { HintSchema } from './hint.ts'
import { InstantSchema } from './money.ts'
import { AppSchema, NamedAccountSchema } from './visit.ts'

/** Digits of the code in a letter: ASVS 6.5.4 asks for 20 bits, 10^6 is a little less, so tries are few. */
export const SIGN_IN_DIGITS = 6
/** How often a code may be tried. */
export const SIGN_IN_TRIES = 5

/** `POST /api/session/sign-in`: a code to this address. The answer is the same whether or not anybody is known by it. */
export const SignInRequestSchema = z
  .strictObject({ email: z.email().max(320), hint: HintSchema.default({ kind: 'none' }) })
  .meta({ id: 'SignInRequest' })

export const SignInBegunSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('sent'), expires: InstantSchema }),
    /** This portal sends no letters. */
    z.object({ kind: z.literal('no_mail') }),
  ])
  .meta({ id: 'SignInBegun' })
export type SignInBegun = z.infer<typeof SignInBegunSchema>

/** `POST /api/session/sign-in/code`: only in the browser that asked. Spaces and dashes are nobody's fault. */
export const SignInCodeSchema = z.strictObject({ code: z.string().max(64) }).meta({ id: 'SignInCode' })

/** `POST /api/session/sign-in/account`: which one, after the code was right. */
export const SignInChoiceSchema = z
  .strictObject({ app: z.string().max(128), account: IdSchema })
  .meta({ id: 'SignInChoice' })

export const SignInAnswerSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('entered') }),
    /** Accounts of this address. `elsewhere`: the refused request belongs to none of them. */
    z.object({
      kind: z.literal('choose'),
      elsewhere: z.boolean(),
      accounts: z.array(z.object({ app: AppSchema, account: NamedAccountSchema }).readonly()).readonly(),
    }),
    z.object({ kind: z.literal('wrong'), left: z.int() }),
    /** Tried too often. */
    z.object({ kind: z.literal('spent') }),
    /** Too old, used, replaced by a newer one, or asked for in another browser. */
    z.object({ kind: z.literal('expired') }),
  ])
  .meta({ id: 'SignInAnswer' })
export type SignInAnswer = z.infer<typeof SignInAnswerSchema>
