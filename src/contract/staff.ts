import { z } from 'zod'
import { InstantSchema } from './money.ts'

/** What somebody of the merchant's support may do grows from left to right. Nobody can charge, refund or touch a card. */
export const staffRoles = ['viewer', 'agent', 'operator', 'admin'] as const
export const StaffRoleSchema = z.enum(staffRoles)
export type StaffRole = z.infer<typeof StaffRoleSchema>

/** Everything that staff can do, each a row of the audit. */
export const deeds = [
  'search',
  'read-account',
  'read-timeline',
  'view-as',
  'unmask',
  'send-link',
  'note',
  're-read',
  'extend-grace',
  'goodwill',
  'resend-event',
  'revoke-sessions',
  'hold',
  'read-insight',
  'read-audit',
] as const
export const StaffDeedSchema = z.enum(deeds)
export type StaffDeed = z.infer<typeof StaffDeedSchema>

export const AuditIdSchema = z.string().regex(/^aud_[\w-]{22}$/, 'an audit id')

/** `GET /api/desk/session`: who is signed in at the desk, and what they may do. */
export const StaffSessionSchema = z
  .object({
    /** The server's clock. */
    now: InstantSchema,
    merchant: z.object({ name: z.string() }).readonly(),
    sandbox: z.boolean(),
    /** The customers' portal. */
    portal: z.url(),
    staff: z.object({ id: z.string(), name: z.string(), role: StaffRoleSchema }).readonly(),
    rights: z.array(StaffDeedSchema).readonly(),
    apps: z.array(z.object({ id: z.string(), name: z.string() }).readonly()).readonly(),
    /** When this session is over, whatever is done in it; the identity provider is asked again. */
    until: InstantSchema,
  })
  .readonly()
  .meta({ id: 'StaffSession' })
export type StaffSession = z.infer<typeof StaffSessionSchema>

/** `POST /api/desk/session/end`: where the identity provider ends its own session, if it says so. */
export const StaffSignedOutSchema = z.object({ url: z.string().exactOptional() }).meta({ id: 'StaffSignedOut' })

/** Why there is no session, in the address of the desk's start page after a sign-in that did not work. */
export const signInTroubles = ['provider-down', 'refused', 'not-staff', 'too-late'] as const
export type SignInTrouble = (typeof signInTroubles)[number]

/** Said by whoever acts or looks behind a mask: the customer may read it. */
export const StaffReasonSchema = z.string().trim().min(3).max(300)
