import { z } from 'zod'
import { InstantSchema } from './money.ts'
import { place } from './place.ts'
import { StaffDeedSchema } from './staff.ts'

export const SessionIdSchema = z.string().max(64)

/** Where this person is signed in. */
const SignedInSchema = z
  .object({
    /** Opens nothing. */
    id: SessionIdSchema,
    /** The browser that asks. */
    here: z.boolean(),
    /** As the browser says itself, coarsely: "Chrome", "Windows". Left out where it says nothing we know. */
    browser: z.string().exactOptional(),
    system: z.string().exactOptional(),
    /** From the app, by a code in a letter, or by a colleague's letter. */
    how: z.enum(['app', 'email', 'letter']),
    since: InstantSchema,
    seen: InstantSchema,
  })
  .readonly()

/** `GET /api/sessions`: who is signed in where, and who has looked at this account. */
export const PrivacySchema = z
  .object({
    ...place,
    /** Of this person alone; this browser first, then the one seen last. */
    sessions: z.array(SignedInSchema).readonly(),
    /** For owners only: how many others are signed in to this account, guests among them. */
    others: z.int().exactOptional(),
    /** Times at which the merchant's support looked at this account, the newest first. */
    looks: z
      .array(
        z
          .object({ at: InstantSchema, staff: z.string(), deed: StaffDeedSchema, reason: z.string().exactOptional() })
          .readonly(),
      )
      .readonly(),
  })
  .readonly()
  .meta({ id: 'Privacy' })
export type Privacy = z.infer<typeof PrivacySchema>
export type SignedIn = Privacy['sessions'][number]

/** `POST /api/session/end-all`: this person everywhere, or everybody in this account (owners only). */
export const EndAllSchema = z.strictObject({ who: z.enum(['me', 'everybody']) }).meta({ id: 'EndAll' })
export type EndAll = z.infer<typeof EndAllSchema>
