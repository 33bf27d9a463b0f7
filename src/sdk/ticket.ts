import { toBase64Url } from './base64url.ts'
import type { Signer } from './jws.ts'
import type { TicketClaims } from './wire.ts'

export const ticketType = 'fix+jwt'
export const ticketSeconds = 300

/** The person for whom the app vouches, and what they came for. */
export type Passenger = {
  readonly account: string
  readonly actor: string
  /** Only needed when the portal has not been told of this member. */
  readonly role?: TicketClaims['rol'] | undefined
  /** The check that refused them. */
  readonly check?: string | undefined
  readonly reason?: string | undefined
  readonly returnTo?: string | undefined
  readonly state?: string | undefined
}

/** A link into the portal for one signed-in person: works once, for five minutes. `now` is in unix milliseconds. */
export async function ticketLink(
  passenger: Passenger,
  issuer: { readonly appId: string; readonly portal: URL; readonly signer: Signer; readonly now: number },
): Promise<string> {
  const { account, actor, role, check, reason, returnTo, state } = passenger
  const issued = Math.floor(issuer.now / 1_000)
  const claims: TicketClaims = {
    iss: issuer.appId,
    aud: issuer.portal.origin,
    sub: account,
    act: actor,
    ...(role !== undefined && { rol: role }),
    ...(check !== undefined && { chk: check }),
    ...(reason !== undefined && { rsn: reason }),
    ...(returnTo !== undefined && { ret: returnTo }),
    ...(state !== undefined && { st: state }),
    iat: issued,
    exp: issued + ticketSeconds,
    jti: toBase64Url(crypto.getRandomValues(new Uint8Array(16))),
  }
  return `${issuer.portal.origin}/fix#t=${await issuer.signer.sign(ticketType, claims)}`
}
