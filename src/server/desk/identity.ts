import type { StaffRole, SignInTrouble } from '#contract/staff.ts'
import { staffRoles } from '#contract/staff.ts'
import type { Log } from '#server/errors.ts'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { z } from 'zod'
import type { DeskConfig } from './config.ts'

const TIMEOUT_SECONDS = 10
/** Nobody works for longer than this on one proof of who they are. */
const MOST_SECONDS = 8 * 3_600
/** Discovery is repeated so that a provider's new addresses become known. */
const DISCOVERY_SECONDS = 3_600

/** What is kept between leaving for the provider and coming back. */
type Begun = { readonly state: string; readonly nonce: string; readonly verifier: string }
type Person = {
  readonly staff: string
  readonly name: string
  readonly role: StaffRole
  readonly idToken: string
}

/** Who says who is staff: any OpenID Connect provider (code flow with PKCE, OpenID Connect Core 1.0 §3.1). */
export type Identity = {
  /** Where to send the browser. Throws SignInFailed. */
  begin(): Promise<Begun & { readonly url: string }>
  /** Who came back. Throws SignInFailed. */
  finish(back: URL, begun: Begun): Promise<Person>
  /** Where the provider ends its own session; undefined where it has no such address or does not answer. */
  end(idToken: string): Promise<string | undefined>
}

export class SignInFailed extends Error {
  override name = 'SignInFailed'
  readonly trouble: SignInTrouble

  constructor(trouble: SignInTrouble, cause?: unknown) {
    super(trouble, { cause })
    this.trouble = trouble
  }
}

const ClaimsSchema = z.looseObject({
  sub: z.string().min(1).max(255),
  name: z.string().optional(),
  preferred_username: z.string().optional(),
  email: z.string().optional(),
})

export function openIdentity(desk: DeskConfig, log: Log, now: () => number): Identity {
  let known: { readonly configuration: Promise<Configuration>; readonly until: number } | undefined

  function provider(): Promise<Configuration> {
    if (known && now() < known.until) return known.configuration
    const configuration = discover(desk)
    known = { configuration, until: now() + DISCOVERY_SECONDS }
    // A provider that was down is asked again by the next person.
    configuration.catch(() => (known = undefined))
    return configuration
  }
  async function reach(): Promise<Configuration> {
    try {
      return await provider()
    } catch (cause) {
      log.warn({ err: cause, issuer: desk.issuer }, 'the identity provider does not answer')
      throw new SignInFailed('provider-down', cause)
    }
  }

  return {
    async begin() {
      const configuration = await reach()
      const begun = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: backAt(desk),
        scope: 'openid profile email groups',
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
        max_age: String(MOST_SECONDS),
      })
      return { ...begun, url: url.href }
    },
    async finish(back, { state, nonce, verifier }) {
      const configuration = await reach()
      const tokens = await authorizationCodeGrant(configuration, back, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
        maxAge: MOST_SECONDS,
      }).catch((cause: unknown) => {
        log.warn({ err: cause, issuer: desk.issuer }, 'a staff sign-in was refused')
        throw new SignInFailed('refused', cause)
      })
      const claims = ClaimsSchema.parse(tokens.claims())
      const groups =
        groupsIn(claims, desk) ??
        groupsIn(
          await fetchUserInfo(configuration, tokens.access_token, claims.sub).catch((cause: unknown) => {
            throw new SignInFailed('provider-down', cause)
          }),
          desk,
        )
      const role = roleOf(groups ?? [], desk)
      if (role === undefined) throw new SignInFailed('not-staff')
      const name = claims.name ?? claims.preferred_username ?? claims.email ?? claims.sub
      return { staff: claims.sub, name: name.slice(0, 120), role, idToken: tokens.id_token ?? '' }
    },
    async end(idToken) {
      try {
        const configuration = await provider()
        if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
        return buildEndSessionUrl(configuration, {
          post_logout_redirect_uri: `${desk.origin}/`,
          id_token_hint: idToken,
        }).href
      } catch {
        return undefined
      }
    },
  }
}

function backAt({ origin }: DeskConfig): string {
  return `${origin}/sign-in/back`
}

function discover({ issuer, clientId, clientSecret }: DeskConfig): Promise<Configuration> {
  return discovery(new URL(issuer), clientId, undefined, ClientSecretBasic(clientSecret), {
    timeout: TIMEOUT_SECONDS,
    execute: [
      // The ID token's signature is looked at although it came over TLS (OpenID Connect Core 1.0 §3.1.3.7).
      enableNonRepudiationChecks,
      // A provider on this very machine has no certificate; the configuration lets no other one be without.
      ...(issuer.startsWith('http:') ? [allowInsecureRequests] : []),
    ],
  })
}

function groupsIn(claims: object, { groupsClaim }: DeskConfig): readonly string[] | undefined {
  const told: unknown = Reflect.get(claims, groupsClaim)
  if (typeof told === 'string') return [told]
  return Array.isArray(told) ? told.filter((group) => typeof group === 'string') : undefined
}

/** The most that any of the groups allows. */
function roleOf(groups: readonly string[], { roles }: DeskConfig): StaffRole | undefined {
  const held = new Set(groups.flatMap((group) => (Object.hasOwn(roles, group) ? [roles[group]] : [])))
  return staffRoles.findLast((role) => held.has(role))
}
