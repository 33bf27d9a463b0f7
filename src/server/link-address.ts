import type { App } from './config.ts'
import { linkSecret, type LinkPurpose } from './token.ts'

/** Tells a colleague's link from an app's ticket. */
export const ASK_PREFIX = 'ask_'

const forms = {
  ask: (origin: string, secret: string) => `${origin}/fix#t=${ASK_PREFIX}${secret}`,
  guest: (origin: string, secret: string) => `${origin}/pay#g=${secret}`,
} as const satisfies Record<LinkPurpose, (origin: string, secret: string) => string>

/** In the fragment, so that no server, log or referrer sees it; undefined when the app's key was changed since. */
export function linkAddress(
  origin: string,
  app: App,
  purpose: LinkPurpose,
  { id, tokenHash }: { id: string; tokenHash: string },
): string | undefined {
  const secret = linkSecret(app, purpose, id, tokenHash)
  return secret === undefined ? undefined : forms[purpose](origin, secret)
}
