import { createHash, createHmac, randomBytes } from 'node:crypto'
import { SIGN_IN_DIGITS } from '#contract/sign-in.ts'
import {
  RECEIPT_TYPE,
  ReceiptClaimsSchema,
  TICKET_SECONDS,
  TICKET_TYPE,
  TicketClaimsSchema,
  type TicketClaims,
} from '#contract/ticket.ts'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { z } from 'zod'
import type { App, Config } from './config.ts'

/** 128 bits as 22 characters of base64url. */
export function randomId(prefix = ''): string {
  return prefix + randomBytes(16).toString('base64url')
}

/** 256 bits: a session's or a lease holder's secret. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** App and portal share one secret: the SHA-256 of the app's key, of which the portal knows nothing else. */
function signingKey(digest: string): Uint8Array {
  return Buffer.from(digest, 'hex')
}

function keyId(digest: string): string {
  return digest.slice(0, 8)
}

/** A ticket as the app itself would sign it (RFC 7515, HS256, `typ` pinned as RFC 8725 §3.11 asks). */
export async function signTicket(
  app: App,
  origin: string,
  claims: Omit<TicketClaims, 'iss' | 'aud' | 'iat' | 'exp' | 'jti'>,
  now: number,
): Promise<{ ticket: string; expires: number }> {
  const expires = now + TICKET_SECONDS
  const ticket = await sign(app, TICKET_TYPE, {
    ...claims,
    iss: app.id,
    aud: origin,
    iat: now,
    exp: expires,
    jti: randomId(),
  })
  return { ticket, expires }
}

export async function signReceipt(app: App, claims: z.infer<typeof ReceiptClaimsSchema>): Promise<string> {
  return sign(app, RECEIPT_TYPE, claims)
}

export type TicketReading =
  | { readonly kind: 'valid' | 'expired'; readonly app: App; readonly claims: TicketClaims }
  | { readonly kind: 'invalid' }

/** Whose word this is and whether it still holds; a forged one is `invalid` and says nothing more. */
export async function readTicket(
  apps: readonly App[],
  origin: string,
  ticket: string,
  now: number,
): Promise<TicketReading> {
  for (const app of apps) {
    for (const digest of app.keyDigests) {
      const claims = await verify(ticket, digest, { issuer: app.id, audience: origin })
      if (claims) return { kind: claims.exp > now && claims.iat <= now + 60 ? 'valid' : 'expired', app, claims }
    }
  }
  return { kind: 'invalid' }
}

async function verify(
  ticket: string,
  digest: string,
  { issuer, audience }: { issuer: string; audience: string },
): Promise<TicketClaims | undefined> {
  try {
    const { payload } = await jwtVerify(ticket, signingKey(digest), {
      algorithms: ['HS256'],
      typ: TICKET_TYPE,
      issuer,
      audience,
      // Expiry is judged by the caller's clock: an expired ticket still names its app, so that nobody is stranded.
      currentDate: new Date(0),
    })
    const claims = TicketClaimsSchema.safeParse(payload)
    return claims.success && claims.data.exp - claims.data.iat <= TICKET_SECONDS ? claims.data : undefined
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

async function sign(app: App, type: string, claims: Record<string, unknown>): Promise<string> {
  const [digest = ''] = app.keyDigests
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: type, kid: keyId(digest) })
    .sign(signingKey(digest))
}

/**
 * The secret of a letter's or a guest's link. It is kept nowhere: whoever holds the app's key and the row's random id
 * makes it again, and the row's SHA-256 says which of the app's keys it was made with (RFC 2104, HMAC-SHA256).
 */
export function linkSecret(app: App, purpose: LinkPurpose, id: string, hash?: string): string | undefined {
  const secrets = app.keyDigests.map((digest) =>
    createHmac('sha256', signingKey(digest)).update(`fix402 ${purpose} ${id}`).digest('base64url'),
  )
  return hash === undefined ? secrets[0] : secrets.find((secret) => sha256(secret) === hash)
}

export type LinkPurpose = 'ask' | 'guest'

/**
 * The six digits of a sign-in's letter. Kept nowhere: whoever holds the portal's first app's key and the row's random id
 * makes them again (RFC 4226 §5.3 cuts an HMAC to digits in the same way).
 */
export function signInCode({ apps: [app] }: Pick<Config, 'apps'>, id: string): string {
  const mac = createHmac('sha256', signingKey(app?.keyDigests[0] ?? ''))
    .update(`fix402 sign-in ${id}`)
    .digest()
  return String(mac.readUIntBE(0, 6) % 10 ** SIGN_IN_DIGITS).padStart(SIGN_IN_DIGITS, '0')
}
