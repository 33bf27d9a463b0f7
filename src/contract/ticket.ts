import { z } from 'zod'
import { IdSchema, RoleSchema } from './account.ts'

/**
 * A ticket: the app's word about a person, a JWS (RFC 7515) with `typ: fix+jwt`, signed HS256 with the SHA-256 of the
 * app's key. Only ever in a URL's fragment, exchanged once by POST. Times are unix seconds.
 */
export const TicketClaimsSchema = z.object({
  iss: z.string().meta({ description: 'App id.' }),
  aud: z.string().meta({ description: "The portal's origin." }),
  sub: IdSchema.meta({ description: 'Account id.' }),
  act: IdSchema.meta({ description: 'Member id.' }),
  rol: RoleSchema.exactOptional().meta({ description: 'Role, when the portal does not know the member.' }),
  chk: z.string().exactOptional(),
  rsn: z.string().max(100).exactOptional(),
  ret: z.string().max(2_048).exactOptional(),
  st: z.string().max(512).exactOptional(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string().min(16).max(64),
})
export type TicketClaims = z.infer<typeof TicketClaimsSchema>

export const TICKET_TYPE = 'fix+jwt'
export const RECEIPT_TYPE = 'receipt+jwt'
/** Seconds: OWASP ASVS 6.5.5 allows ten minutes, an app's redirect needs fewer. */
export const TICKET_SECONDS = 300
/** A ticket younger than this comes straight from the app's redirect and needs no extra click. */
export const FRESH_TICKET_SECONDS = 60

/** What comes back with the person: proves where they were, grants nothing. */
export const ReceiptClaimsSchema = z.object({
  iss: z.string().meta({ description: "The portal's origin." }),
  aud: z.string().meta({ description: 'App id.' }),
  sub: IdSchema,
  chk: z.string(),
  res: z.enum(['fixed', 'no_blocker']),
  iat: z.int(),
  exp: z.int(),
})
