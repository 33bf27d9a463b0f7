import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { Configuration, interactionPolicy, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { pageHeaders, refusalPage, signedOutPage } from './identity-page.ts'
import type { StaffPerson } from './people.ts'
import { createProviderStore } from './provider-store.ts'

const MINUTE = 60
const HOUR = 3_600
/** A working day: for so long nobody is asked twice who they are. */
const SESSION = 8 * HOUR

/** What the desk in the sandbox calls itself. */
const client = { client_id: 'fix402-desk', client_secret: 'fix402-desk-sandbox' }

/**
 * An OpenID Connect provider with one client, the desk at the origin `desk`, and the people it is given. Its keys are made
 * now and live as long as it does.
 */
export async function openProvider(
  issuer: string,
  desk: string,
  people: ReadonlyMap<string, StaffPerson>,
): Promise<Provider> {
  const { interactionPolicy, Provider } = await loadQuietly()
  const { Check } = interactionPolicy
  const policy = interactionPolicy.base()
  // Whoever was taken out has a session still; it is nobody's.
  const known = new Check('unknown_person', 'Nobody of this name is known any more', ({ oidc }) => {
    const gone = oidc.session?.accountId !== undefined && oidc.entities.Account === undefined
    return gone ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
  })
  policy.get('login')?.checks.add(known)
  return new Provider(issuer, configure(desk, people, policy))
}

function configure(
  desk: string,
  people: ReadonlyMap<string, StaffPerson>,
  policy: interactionPolicy.DefaultPolicy,
): Configuration {
  const show = (ctx: KoaContextWithOIDC, status: number, page: string) => {
    ctx.set(pageHeaders(desk))
    ctx.type = 'html'
    ctx.status = status
    ctx.body = page
  }
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    adapter: createProviderStore(),
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'sandbox' }] },
    cookies: {
      keys: [randomBytes(32)],
      names: { session: 'identity', interaction: 'identity_sign_in', resume: 'identity_resume' },
    },
    clients: [
      {
        ...client,
        redirect_uris: [`${desk}/sign-in/back`],
        post_logout_redirect_uris: [`${desk}/`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    responseTypes: ['code'],
    pkce: { required: () => true },
    // What a scope stands for; all of it is in the ID token too.
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], groups: ['groups'] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => {
      const person = people.get(id)
      return person && { accountId: id, claims: () => ({ sub: id, ...toldOf(person) }) }
    },
    // The merchant's own desk is not somebody whom people must first allow to know their names.
    loadExistingGrant: async ({ oidc }) => {
      const { provider, session, client: from, params } = oidc
      if (!from || session?.accountId === undefined) return undefined
      const grant = new provider.Grant({ clientId: from.clientId, accountId: session.accountId })
      const asked = params?.['scope']
      grant.addOIDCScope(typeof asked === 'string' ? asked : 'openid')
      await grant.save()
      return grant
    },
    interactions: { policy, url: (_, { uid }) => `/sign-in/${uid}` },
    clientBasedCORS: () => false,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: async (ctx) => {
          const { session, params, provider } = ctx.oidc
          await session?.destroy()
          ctx.cookies.set(provider.cookieName('session'), null)
          const after = params?.['post_logout_redirect_uri']
          ctx.status = 303
          if (typeof after === 'string') ctx.redirect(after)
          else show(ctx, 200, signedOutPage(desk))
        },
        postLogoutSuccessSource: (ctx) => {
          show(ctx, 200, signedOutPage(desk))
        },
      },
    },
    renderError: (ctx, said) => {
      // Signing out of a provider that was started anew: there is nothing left to end.
      if (ctx.oidc?.route === 'end_session') return ctx.redirect(`${desk}/`)
      show(ctx, ctx.status, refusalPage({ ...said }, desk))
    },
    ttl: {
      AccessToken: 5 * MINUTE,
      AuthorizationCode: MINUTE,
      Grant: SESSION,
      IdToken: HOUR,
      Interaction: 10 * MINUTE,
      Session: SESSION,
    },
  }
}

function toldOf({ name, email, groups }: StaffPerson) {
  return { name, email, groups: [...groups] }
}

/** The library greets a Node without long-term support on the console; what starts the sandbox has its own words for that. */
async function loadQuietly(): Promise<typeof import('oidc-provider')> {
  const usual = { ...globalThis.console }
  Object.assign(globalThis.console, { warn: () => undefined })
  try {
    return await import('oidc-provider')
  } finally {
    Object.assign(globalThis.console, usual)
  }
}
