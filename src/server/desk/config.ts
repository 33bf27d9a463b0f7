import type { StaffRole } from '#contract/staff.ts'
import type { ConfigRead } from '#server/config-file.ts'

/** Where the desk is, who signs staff in, and what the merchant lets them do. */
export type DeskConfig = {
  /** The desk's own origin. */
  readonly origin: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Group at the identity provider → role here. */
  readonly roles: Readonly<Record<string, StaffRole>>
  readonly groupsClaim: string
  readonly goodwill: ConfigRead['desk']['goodwill']
  /** Up to how many days from now grace may be extended. */
  readonly graceDays: number
}

type DeskEnvironment = {
  readonly PORT: number
  readonly DESK_ORIGIN?: string | undefined
  readonly OIDC_ISSUER?: string | undefined
  readonly OIDC_CLIENT_ID?: string | undefined
  readonly OIDC_CLIENT_SECRET?: string | undefined
}

/** Beside the sandbox stand a desk of its own and somebody who signs its staff in, by their ports. */
const DESK_PORT = 8
const IDENTITY_PORT = 9

/** The groups in which the sandbox's four people are. */
const sandboxGroups = {
  'support-viewers': 'viewer',
  'support-agents': 'agent',
  'support-operators': 'operator',
  'support-admins': 'admin',
} as const satisfies DeskConfig['roles']

/** What is missing or wrong, one line. */
export type Fault = { readonly fault: string }

/** Without an identity provider there is no desk; the sandbox brings its own. */
export function deskOf(
  env: DeskEnvironment,
  { desk: file }: ConfigRead,
  { origin, sandbox }: { origin: string; sandbox: boolean },
): DeskConfig | Fault | undefined {
  const decided = {
    roles: file.roles,
    groupsClaim: file.groupsClaim,
    goodwill: file.goodwill,
    graceDays: file.graceDays,
  }
  if (env.DESK_ORIGIN === origin) return { fault: 'DESK_ORIGIN: must be another origin than PORTAL_ORIGIN' }
  if (env.OIDC_ISSUER === undefined) {
    if (env.DESK_ORIGIN !== undefined && !sandbox)
      return { fault: 'OIDC_ISSUER: missing; it signs staff in at DESK_ORIGIN' }
    if (!sandbox) return undefined
    return {
      ...decided,
      roles: { ...sandboxGroups, ...file.roles },
      origin: env.DESK_ORIGIN ?? `http://localhost:${env.PORT + DESK_PORT}`,
      issuer: `http://localhost:${env.PORT + IDENTITY_PORT}`,
      clientId: 'fix402-desk',
      clientSecret: 'fix402-desk-sandbox',
    }
  }
  const { DESK_ORIGIN, OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  if (DESK_ORIGIN === undefined)
    return { fault: 'DESK_ORIGIN: missing; the address of the desk, another one than PORTAL_ORIGIN' }
  if (!isSafe(DESK_ORIGIN)) return { fault: 'DESK_ORIGIN: must be https, except on localhost' }
  if (!isSafe(issuer)) return { fault: 'OIDC_ISSUER: must be https, except on localhost' }
  if (clientId === undefined) return { fault: 'OIDC_CLIENT_ID: missing; it belongs to OIDC_ISSUER' }
  if (clientSecret === undefined) return { fault: 'OIDC_CLIENT_SECRET: missing; it belongs to OIDC_CLIENT_ID' }
  return { ...decided, origin: DESK_ORIGIN, issuer, clientId, clientSecret }
}

function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
