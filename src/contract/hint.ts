import { z } from 'zod'
import { CheckIdSchema } from './check.ts'
import { ReasonSchema } from './diagnosis.ts'
import { AppSchema, MerchantSchema, NamedAccountSchema, SwitchSchema } from './visit.ts'

/** As long as an address may be; what is too long for its purpose is left out, not refused. */
const Claim = z.string().max(8_192).exactOptional()

/**
 * What an address without a ticket says: nobody has vouched for it, so it opens nothing, and tells only where somebody
 * wants to go once it is known who they are.
 */
export const HintSchema = z
  .discriminatedUnion('kind', [
    /** `/r/7KQ2-M4XD`, or typed by hand. */
    z.strictObject({ kind: z.literal('code'), code: z.string().max(64) }),
    /** `/fix?app=app_12&check=chk_…`. */
    z.strictObject({ kind: z.literal('check'), check: CheckIdSchema, app: Claim }),
    /** `/fix?app=app_12&reason=…`, written by an app without the SDK. */
    z.strictObject({
      kind: z.literal('plain'),
      app: z.string().max(8_192),
      account: Claim,
      reason: Claim,
      /** The refusal's body as another vendor wrote it, pasted whole. */
      body: Claim,
      return_to: Claim,
      state: Claim,
      feature: Claim,
      meter: Claim,
    }),
    /** `/sign-in`. */
    z.strictObject({ kind: z.literal('none') }),
  ])
  .meta({ id: 'Hint' })
export type Hint = z.infer<typeof HintSchema>

/** `POST /api/session/hint`. `accept` is the person's own click, needed to switch accounts. */
export const HintRequestSchema = z
  .strictObject({ hint: HintSchema, accept: z.boolean().default(false) })
  .meta({ id: 'HintRequest' })

const merchant = MerchantSchema

export const HintAnswerSchema = z
  .discriminatedUnion('kind', [
    /** This browser's session is of that account already, or may be: go where live state says. */
    z.object({ kind: z.literal('entered'), check: CheckIdSchema.exactOptional() }),
    /** Another account of the same person, as the app itself says: it may be named. */
    SwitchSchema,
    /** Another account, of which this person is told nothing but the app. `mail`: signing in by e-mail is possible. */
    z.object({ kind: z.literal('elsewhere'), merchant, from: NamedAccountSchema, app: AppSchema, mail: z.boolean() }),
    /** Nobody is signed in. `reported` repeats what the address itself claims. */
    z.object({
      kind: z.literal('sign_in'),
      merchant,
      app: AppSchema.exactOptional(),
      mail: z.boolean(),
      reported: ReasonSchema.exactOptional(),
    }),
    /** A short code that was never given, has run out or was taken back: one answer for all of them. */
    z.object({ kind: z.literal('unknown_code'), merchant }),
    /** The address names an app that is not connected. */
    z.object({ kind: z.literal('unknown_app'), merchant, mail: z.boolean() }),
  ])
  .meta({ id: 'HintAnswer' })
export type HintAnswer = z.infer<typeof HintAnswerSchema>
